import { assert, constantFrom, integer, nat, property, record, shuffledSubarray, tuple, uniqueArray } from "fast-check";
import { TurnoutSource } from "../../src/features/turnout/index.js";
import { type CountedReport, estimate, type Interval } from "../../src/features/turnout/turnout.estimate.js";
import { anyMethod, at, current, says, size } from "../support/estimates.js";

const anyReport = record({
  id: integer({ min: 1, max: 1_000_000 }).map(String),
  reporter: constantFrom("one", "two", "three", "four", "five", "six"),
  ends: tuple(size, size),
  method: anyMethod,
  source: constantFrom(...Object.values(TurnoutSource), TurnoutSource.PUBLIC, TurnoutSource.PUBLIC),
  vouched: constantFrom(true, false, false),
  observedAt: nat({ max: 30 }).map((fives) => at(5 * fives)),
  receivedAt: integer({ min: 150, max: 155 }).map(at),
}).map(({ ends, ...facts }): CountedReport => ({ ...facts, low: Math.min(...ends), high: Math.max(...ends) }));
const anyReports = uniqueArray(anyReport, { maxLength: 25, selector: ({ id }) => id });

/** The definition of docs/turnout.md once more, said as slowly as it reads there. */
function asWritten(reports: CountedReport[], until: number): (Interval & { trusted: CountedReport[] }) | null {
  const trustedOne = ({ source, vouched }: CountedReport): boolean => source !== TurnoutSource.PUBLIC || vouched;
  const later = (one: CountedReport, other: CountedReport): number =>
    +other.observedAt - +one.observedAt || +other.receivedAt - +one.receivedAt || (one.id < other.id ? 1 : -1);
  const words = [...new Set(reports.map(({ reporter }) => reporter))].flatMap((voice) => {
    const own = reports.filter(({ reporter, observedAt }) => reporter === voice && +observedAt <= until).sort(later);
    return (own.find(trustedOne) ?? own[0]) ? [own.find(trustedOne) ?? own[0]!] : [];
  });
  const trusted = words.filter(trustedOne);
  if (trusted.length === 0) return null;
  const anchor = Math.max(...trusted.map(({ observedAt }) => +observedAt));
  const weight = (word: CountedReport): number => {
    const age = (anchor - +word.observedAt) / 60_000;
    const who = { STAFF: 4, PEACEKEEPER: 3, HOST: 2, PRESS: 2, OFFICIAL: 2, PUBLIC: 1 }[word.source];
    const how = {
      HEADCOUNT: 4,
      CLICKER: 4,
      MARCH_PASS_ROWS: 3,
      AREA_DENSITY: 3,
      AERIAL: 2,
      PHOTO: 2,
      VIDEO: 2,
      EYEWITNESS: 1,
      MEDIA: 1,
      OFFICIAL: 1,
    };
    return who * (word.method ? how[word.method] : 1) * (age < 15 ? 4 : age <= 30 ? 2 : age <= 60 ? 1 : 0);
  };
  const all = (some: CountedReport[]): number => some.reduce((total, word) => total + weight(word), 0);
  const unknowns = words.filter((word) => !trustedOne(word));
  const tooMany = 2 * all(unknowns) > all(trusted);
  const scaled = (word: CountedReport): number =>
    weight(word) * (!tooMany ? 1 : trustedOne(word) ? 2 * all(unknowns) : all(trusted));
  const total = words.reduce((sum, word) => sum + scaled(word), 0);
  const middle = (end: "low" | "high"): number =>
    Math.min(
      ...words
        .map((word) => word[end])
        .filter(
          (value) =>
            2 * words.filter((word) => word[end] <= value).reduce((sum, word) => sum + scaled(word), 0) >= total,
        ),
    );
  return { low: middle("low"), high: middle("high"), trusted: trusted.filter((word) => weight(word) > 0) };
}

describe("for any reports", () => {
  const hold = (claim: (reports: CountedReport[]) => void, numRuns = 500): void =>
    assert(property(anyReports, claim), { numRuns });
  const quarter = 15 * 60_000;

  test("it is what docs/turnout.md says", () => {
    hold((reports) => {
      const instants = reports.map(({ observedAt }) => +observedAt);
      const ends = instants.filter(
        (one) => !instants.some((other) => other > one && Math.floor(other / quarter) === Math.floor(one / quarter)),
      );
      const moments = ends.sort((a, b) => a - b).flatMap((end) => asWritten(reports, end) ?? []);
      const now = moments.at(-1);
      const most = Math.max(...moments.map(({ low, high }) => low + high));
      const top = moments.findLast(({ low, high }) => low + high === most);
      const apart = now?.trusted.some((one) => now.trusted.some((other) => one.low > 1.5 * other.high + 10)) ?? false;
      expect(estimate(reports, null)).toMatchObject({
        low: now?.low ?? null,
        high: now?.high ?? null,
        peakLow: top?.low ?? null,
        peakHigh: top?.high ?? null,
        conflict: apart,
      });
    });
  });

  test("their order does not matter", () => {
    const mixed = anyReports.chain((reports) =>
      tuple(...[reports, reports].map((some) => shuffledSubarray(some, { minLength: some.length }))),
    );
    assert(property(mixed, ([one, other]) => expect(estimate(one!, null)).toEqual(estimate(other!, null))));
  });

  test("low is not above high, and the peak not below what is there now", () => {
    hold((reports) => {
      const { low, high, peakLow, peakHigh } = estimate(reports, null);
      if (low === null) return;
      expect(low).toBeLessThanOrEqual(high!);
      expect(peakLow!).toBeLessThanOrEqual(peakHigh!);
      expect(peakLow! + peakHigh!).toBeGreaterThanOrEqual(low + high!);
    });
  });

  test("both ends are those of trusted reports, or lie between two of them", () => {
    hold((reports) => {
      const trusted = reports.filter(({ source, vouched }) => source !== TurnoutSource.PUBLIC || vouched);
      const { low, high } = estimate(reports, null);
      expect(low === null).toBe(trusted.length === 0);
      if (low === null) return;
      expect(low).toBeGreaterThanOrEqual(Math.min(...trusted.map((one) => one.low)));
      expect(low).toBeLessThanOrEqual(Math.max(...trusted.map((one) => one.low)));
      expect(high!).toBeGreaterThanOrEqual(Math.min(...trusted.map((one) => one.high)));
      expect(high!).toBeLessThanOrEqual(Math.max(...trusted.map((one) => one.high)));
    });
  });

  test("trusted voices that weigh less than the other trusted ones move no end out of the others' range", () => {
    const wild = record({
      ends: tuple(size, size),
      source: constantFrom(TurnoutSource.HOST, TurnoutSource.PEACEKEEPER),
    });
    const others = uniqueArray(size, { minLength: 2, maxLength: 6 });
    assert(
      property(wild, others, ({ ends, source }, sizes) => {
        const [low, high] = current(
          ...sizes.map((one) => says(one)),
          says(Math.min(...ends), Math.max(...ends), { source }),
        );
        for (const end of [low!, high!]) {
          expect(end).toBeGreaterThanOrEqual(Math.min(...sizes));
          expect(end).toBeLessThanOrEqual(Math.max(...sizes));
        }
      }),
    );
  });

  test("a reporter who is taken out was never there, and one who is let back in has been there all the time", () => {
    hold((reports) => {
      const others = structuredClone(reports).filter(({ reporter }) => reporter !== "one");
      const [withAll, without] = [estimate(reports, null), estimate(others, null)];
      expect(estimate(reports, null)).toEqual(withAll);
      expect(
        estimate(
          reports.filter(({ reporter }) => reporter !== "one"),
          null,
        ),
      ).toEqual(without);
    }, 100);
  });
});
