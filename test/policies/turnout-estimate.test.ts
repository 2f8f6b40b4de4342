import { assert, integer, property, record, tuple, uniqueArray } from "fast-check";
import { TurnoutMethod, TurnoutSource } from "../../src/features/turnout/index.js";
import { type CountedReport, estimate } from "../../src/features/turnout/turnout.estimate.js";
import { anyMethod, at, current, peak, says, unknown, size } from "../support/estimates.js";

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
