import { assert, constantFrom, integer, nat, property, record, shuffledSubarray, tuple, uniqueArray } from "fast-check";
import { TurnoutMethod, TurnoutSource } from "../../src/features/turnout/index.js";
import { type CountedReport, estimate, type Interval } from "../../src/features/turnout/turnout.estimate.js";

const noon = Date.parse("2026-01-23T12:00:00Z");
const at = (minutes: number): Date => new Date(noon + minutes * 60_000);

let made = 0;
/** A report of noon by a voice of its own: a peacekeeper who judged by eye, unless told. */
const says = (low: number, high = low, facts: Partial<CountedReport> = {}): CountedReport => ({
  id: `report ${++made}`,
  reporter: `voice ${made}`,
  low,
  high,
  method: null,
  source: TurnoutSource.PEACEKEEPER,
  vouched: false,
  observedAt: at(0),
  receivedAt: facts.observedAt ?? at(0),
  ...facts,
});
const unknown = (low: number, high = low, facts: Partial<CountedReport> = {}): CountedReport =>
  says(low, high, { source: TurnoutSource.PUBLIC, ...facts });
const current = (...reports: CountedReport[]): [number | null, number | null] => {
  const { low, high } = estimate(reports, null);
  return [low, high];
};
const peak = (...reports: CountedReport[]): [number | null, number | null] => {
  const { peakLow, peakHigh } = estimate(reports, null);
  return [peakLow, peakHigh];
};

describe("without a trusted report", () => {
  const nothing = { low: null, high: null, peakLow: null, peakHigh: null, conflict: false, observedAt: null };

  test("nothing is known of an event that nobody counted", () => {
    expect(estimate([], null)).toEqual({ ...nothing, lowest: null, highest: null, median: null, reports: 0 });
  });

  test("the unknown alone give no interval, however many they are; what they say is still told", () => {
    const reports = [unknown(100, 200), unknown(150, 250), unknown(9_000)];
    expect(estimate(reports, null)).toEqual({ ...nothing, lowest: 100, highest: 9_000, median: 200, reports: 3 });
  });

  test("a count of the unknown that came before the first trusted one makes no peak", () => {
    expect(peak(unknown(9_000, 9_000, { observedAt: at(-60) }), says(300))).toEqual([300, 300]);
  });
});

describe("the current interval", () => {
  test("one report is its own interval", () => {
    expect(current(says(800, 1_200))).toEqual([800, 1_200]);
  });

  test("of three alike the middle low and the middle high count, so that a wild one moves nothing out of the others' range", () => {
    expect(current(says(900, 1_100), says(1_000, 1_300), says(90_000, 99_000))).toEqual([1_000, 1_300]);
    expect(current(says(900, 1_100), says(1_000, 1_300), says(0))).toEqual([900, 1_100]);
  });

  test("of two alike the smaller number is told", () => {
    expect(current(says(1_000, 1_300), says(900, 1_400))).toEqual([900, 1_300]);
  });

  test.each([
    ["staff weigh more than a peacekeeper", says(500, 500, { source: TurnoutSource.STAFF }), says(400)],
    ["a peacekeeper weighs more than a host", says(500), says(400, 400, { source: TurnoutSource.HOST })],
    [
      "a host weighs more than somebody whom a reviewer vouched for",
      says(500, 500, { source: TurnoutSource.HOST }),
      unknown(400, 400, { vouched: true }),
    ],
    [
      "each person counted weighs more than rows of a march",
      says(500, 500, { method: TurnoutMethod.CLICKER }),
      says(400, 400, { method: TurnoutMethod.MARCH_PASS_ROWS }),
    ],
    [
      "an area weighs more than a view from above",
      says(500, 500, { method: TurnoutMethod.AREA_DENSITY }),
      says(400, 400, { method: TurnoutMethod.AERIAL }),
    ],
    [
      "a photo weighs more than an eye",
      says(500, 500, { method: TurnoutMethod.PHOTO }),
      says(400, 400, { method: TurnoutMethod.EYEWITNESS }),
    ],
  ])("%s", (_what, heavy, light) => {
    expect(current(heavy, light)).toEqual([500, 500]);
  });

  test.each([
    [14, [400, 400]],
    [15, [500, 500]],
    [30, [500, 500]],
  ])("a count %i minutes older than the latest trusted one gives way once it is 15 or more", (age, interval) => {
    expect(current(says(400, 400, { observedAt: at(-age) }), says(500))).toEqual(interval);
  });

  test.each([
    [30, [100, 100]],
    [31, [500, 500]],
  ])("three older ones still outweigh a new one at half (%i minutes), not at a quarter", (age, interval) => {
    const old = [1, 2].map(() => says(100, 100, { observedAt: at(-age) }));
    expect(current(...old, says(500))).toEqual(interval);
  });

  test.each([
    [60, [100, 100]],
    [61, [500, 500]],
  ])("what is %i minutes old counts up to an hour, and then no more", (age, interval) => {
    const old = [1, 2, 3, 4].map(() => says(100, 100, { observedAt: at(-age) }));
    expect(current(...old, says(500))).toEqual(interval);
  });

  test("a reporter's later word stands in the place of the earlier one", () => {
    const [early, late] = [says(100, 100, { reporter: "one" }), says(700, 900, { reporter: "one", observedAt: at(5) })];
    expect(current(late, early)).toEqual([700, 900]);
    expect(current(early, { ...late, id: "a", observedAt: at(0), receivedAt: at(1) })).toEqual([700, 900]);
  });

  test("what a reviewer vouched for does not give way to what nobody did", () => {
    const vouched = unknown(100, 100, { reporter: "one", vouched: true });
    const later = unknown(9_000, 9_000, { reporter: "one", observedAt: at(5) });
    expect(current(vouched, later)).toEqual([100, 100]);
    expect(current(vouched, { ...later, vouched: true })).toEqual([9_000, 9_000]);
  });

  test("how fresh it is follows the trusted, not the unknown", () => {
    expect(estimate([says(500), unknown(500, 500, { observedAt: at(40) })], null).observedAt).toEqual(at(0));
  });
});

describe("the unknown beside the trusted", () => {
  test("few of them count as themselves", () => {
    expect(current(says(500), says(600))).toEqual([500, 500]);
    expect(current(says(500), says(600), unknown(700))).toEqual([600, 600]);
  });

  test("many of them weigh half of the trusted: they move an end to the trusted's quarter, never out of it", () => {
    const trusted = [100, 200, 300, 400].map((size) => says(size));
    const many = (size: number): CountedReport[] => Array.from({ length: 500 }, () => unknown(size));
    expect(current(...trusted, ...many(9_999))).toEqual([300, 300]);
    expect(current(...trusted, ...many(0))).toEqual([100, 100]);
  });

  test("1,000 hostile voices move no end further from the truth than three peacekeepers are", () => {
    const truth = 4_000;
    const near = integer({ min: truth * 0.95, max: truth * 1.05 });
    const honest = record({ ends: tuple(near, near), minutes: integer({ min: -20, max: 20 }), method: anyMethod });
    const hostile = record({ ends: tuple(size, size), minutes: integer({ min: -120, max: 240 }), method: anyMethod });
    const worst = property(
      tuple(honest, honest, honest),
      uniqueArray(hostile, { minLength: 20, maxLength: 20 }),
      (three, hostiles) => {
        const trusted = three.map(({ ends, minutes, method }) =>
          says(Math.min(...ends), Math.max(...ends), { method, observedAt: at(minutes) }),
        );
        const crowd = Array.from({ length: 1_000 }, (_, index) => {
          const { ends, minutes, method } = hostiles[index % hostiles.length]!;
          return unknown(Math.min(...ends), Math.max(...ends), { method, observedAt: at(minutes) });
        });
        const { low, high, peakLow, peakHigh, conflict } = estimate([...trusted, ...crowd], null);
        for (const end of [low, high, peakLow, peakHigh])
          expect(Math.abs(end! - truth)).toBeLessThanOrEqual(truth / 20);
        expect(conflict).toBe(false);
      },
    );
    assert(worst, { numRuns: 30 });
  });
});

describe("the peak", () => {
  test("is the largest of the quarters of an hour, and not below what is there now", () => {
    const one = (size: number, minutes: number): CountedReport =>
      says(size, size + 100, { reporter: "one", observedAt: at(minutes) });
    expect(peak(one(100, 0), one(900, 20), one(300, 40))).toEqual([900, 1_000]);
    expect(peak(one(100, 0), one(300, 20), one(900, 40))).toEqual([900, 1_000]);
  });

  test("is the later of two of one size", () => {
    const [wide, narrow, small] = [
      says(80, 120),
      says(90, 110, { observedAt: at(20) }),
      says(9, 9, { observedAt: at(40) }),
    ];
    const one = { reporter: "one" };
    expect(peak({ ...wide, ...one }, { ...narrow, ...one }, { ...small, ...one })).toEqual([90, 110]);
  });

  test("is looked for at the last observation of each quarter, so that a slip put right at once is none", () => {
    const slip = says(9_000, 9_000, { reporter: "one", observedAt: at(1) });
    const right = says(900, 900, { reporter: "one", observedAt: at(2) });
    expect(peak(slip, right, says(300, 300, { reporter: "one", observedAt: at(20) }))).toEqual([900, 900]);
    expect(peak(slip, { ...right, observedAt: at(15) })).toEqual([9_000, 9_000]);
  });
});

describe("the example of docs/turnout.md", () => {
  const trusted = [
    says(1_000, 1_400, { method: TurnoutMethod.AREA_DENSITY, observedAt: at(5) }),
    says(1_300, 1_300, { method: TurnoutMethod.CLICKER, observedAt: at(-10) }),
    says(900, 1_200, { source: TurnoutSource.STAFF, method: TurnoutMethod.PHOTO, observedAt: at(-15) }),
    says(1_500, 2_000, { source: TurnoutSource.HOST, method: TurnoutMethod.EYEWITNESS, observedAt: at(0) }),
  ];

  test("comes to what is written there, with the strangers and without", () => {
    const strangers = Array.from({ length: 40 }, () => unknown(20_000, 20_000, { observedAt: at(4) }));
    expect(current(...trusted, ...strangers)).toEqual([1_300, 1_400]);
    expect(current(...trusted)).toEqual([1_000, 1_400]);
    expect(estimate(trusted, null)).toMatchObject({ conflict: false, lowest: 900, highest: 2_000, median: 1_250 });
  });
});

describe("conflict", () => {
  test.each([
    ["at half as much again and ten more they agree", 100, 160, false],
    ["above that they don't", 100, 161, true],
    ["among a handful ten more or less is no conflict", 4, 15, false],
  ])("%s", (_what, one, other, conflict) => {
    expect(estimate([says(one), says(other)], null).conflict).toBe(conflict);
  });

  test("the unknown make none, and neither does what is too old to count", () => {
    expect(estimate([says(100), unknown(900)], null).conflict).toBe(false);
    expect(estimate([says(900, 900, { observedAt: at(-61) }), says(100)], null).conflict).toBe(false);
    expect(estimate([says(100), unknown(900, 900, { vouched: true })], null).conflict).toBe(true);
  });
});

describe("a closed event", () => {
  const reports = [
    says(100, 100, { reporter: "one" }),
    says(900),
    says(400, 500, { reporter: "one", observedAt: at(30) }),
  ];

  test("has the interval that was stated, which no report is against", () => {
    expect(estimate(reports, { low: 700, high: 800 })).toMatchObject({
      low: 700,
      high: 800,
      peakLow: 700,
      peakHigh: 800,
      conflict: false,
      lowest: 100,
      reports: 3,
    });
  });

  test("has its peak, where none was stated", () => {
    const { peakLow, peakHigh } = estimate(reports, null);
    expect(estimate(reports, "peak")).toMatchObject({
      low: peakLow,
      high: peakHigh,
      peakLow,
      peakHigh,
      conflict: false,
    });
    expect(estimate([], "peak")).toMatchObject({ low: null, high: null, peakLow: null });
  });
});

const size = nat({ max: 20_000 });
const anyMethod = constantFrom(null, ...Object.values(TurnoutMethod));
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
