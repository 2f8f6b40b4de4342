import { assert, constantFrom, double, integer, property } from "fast-check";
import { Occurrence } from "../../src/features/events/index.js";
import { CrowdDensity, TurnoutFlag, TurnoutMethod } from "../../src/features/turnout/index.js";
import { type DoorFacts, flagsOf } from "../../src/features/turnout/turnout.checks.js";
import { type Crowd, crowdBounds, derivedCount, peopleOn } from "../../src/features/turnout/turnout.crowd.js";
import type { Refusal } from "../../src/platform/errors.js";

const noon = Date.parse("2026-01-23T12:00:00Z");
const at = (minutes: number): Date => new Date(noon + minutes * 60_000);
const square = { latitude: 44.9778, longitude: -93.265 };
/** A point so many kilometres north of the square. */
const north = (km: number): DoorFacts["position"] => ({ ...square, latitude: square.latitude + km / 111.195 });

const event: DoorFacts["event"] = {
  ...square,
  accuracyMeters: null,
  occurrence: Occurrence.SCHEDULED,
  spanStartsAt: at(-60),
  spanEndsAt: at(60),
};
const plain: DoorFacts = {
  low: 900,
  high: 1_100,
  method: null,
  observedAt: at(0),
  areaSquareMeters: null,
  position: null,
  event,
  city: square,
  current: null,
};
const somewhere: DoorFacts["event"] = { ...event, latitude: null, longitude: null };
const before = (minutes: number, low = 1_000, high = 1_200): DoorFacts["current"] => ({
  low,
  high,
  observedAt: at(-minutes),
});

// prettier-ignore
test.each<[string, Partial<DoorFacts>, TurnoutFlag[]]>([
  ["a plain count", {}, []],
  ["more people than the area holds", { areaSquareMeters: 230, high: 1_001 }, [TurnoutFlag.OVER_DENSITY]],
  ["as many as the area holds", { areaSquareMeters: 230, high: 1_000 }, []],
  ["a photo of more than 1,000", { method: TurnoutMethod.PHOTO, high: 1_001 }, [TurnoutFlag.PHOTO_ABOVE_1000]],
  ["a video of more than 1,000", { method: TurnoutMethod.VIDEO, high: 1_001 }, [TurnoutFlag.PHOTO_ABOVE_1000]],
  ["a photo of 1,000", { method: TurnoutMethod.PHOTO, high: 1_000 }, []],
  ["a view from above of 100,000", { method: TurnoutMethod.AERIAL, high: 100_000 }, []],
  ["60 minutes before the start", { observedAt: at(-120) }, []],
  ["61 minutes before the start", { observedAt: at(-121) }, [TurnoutFlag.BEFORE_START]],
  ["60 minutes after the end", { observedAt: at(120) }, []],
  ["61 minutes after the end", { observedAt: at(121) }, [TurnoutFlag.AFTER_END]],
  ["of a cancelled event", { event: { ...event, occurrence: Occurrence.CANCELLED } }, [TurnoutFlag.EVENT_CANCELLED]],
  ["of a postponed event", { event: { ...event, occurrence: Occurrence.POSTPONED } }, [TurnoutFlag.EVENT_CANCELLED]],
  ["of a tentative event", { event: { ...event, occurrence: Occurrence.TENTATIVE } }, []],
  ["from 4.9 km away", { position: north(4.9) }, []],
  ["from 5.1 km away", { position: north(5.1) }, [TurnoutFlag.REPORTER_FAR]],
  ["from 5.1 km away, the place known to 200 m", { position: north(5.1), event: { ...event, accuracyMeters: 200 } }, []],
  ["from 49 km away, only the city known", { position: north(49), event: somewhere }, []],
  ["from 51 km away, only the city known", { position: north(51), event: somewhere }, [TurnoutFlag.REPORTER_FAR]],
  ["four times the count before and 200 more", { current: before(60), low: 5_000, high: 6_000 }, []],
  ["more than that", { current: before(60), low: 5_001, high: 6_000 }, [TurnoutFlag.JUMP]],
  ["more than that, after more than an hour", { current: before(61), low: 5_001, high: 6_000 }, []],
  ["more than that, of an earlier time", { current: before(-1), low: 5_001, high: 6_000 }, []],
  ["more than that, of the same time", { current: before(0), low: 5_001, high: 6_000 }, []],
  ["more than that only in part", { current: before(60), low: 1_000, high: 60_000 }, []],
  ["a quarter of the count before and 200 less", { current: before(30, 2_000, 2_000), low: 0, high: 300 }, []],
  ["less than that", { current: before(30, 2_000, 2_000), low: 0, high: 299 }, [TurnoutFlag.JUMP]],
  ["a small crowd that is all gone", { current: before(30, 800, 900), low: 0, high: 0 }, []],
])("%s", (_what, facts, flags) => {
  expect(flagsOf({ ...plain, ...facts })).toEqual(flags);
});

test("tells every reason at once", () => {
  const facts = {
    position: north(90),
    areaSquareMeters: 10,
    method: TurnoutMethod.PHOTO,
    high: 5_000,
    observedAt: at(300),
  };
  expect(flagsOf({ ...plain, ...facts })).toEqual([
    TurnoutFlag.OVER_DENSITY,
    TurnoutFlag.PHOTO_ABOVE_1000,
    TurnoutFlag.AFTER_END,
    TurnoutFlag.REPORTER_FAR,
  ]);
});

const refusalOf = (crowd: Crowd): Refusal["extensions"]["fields"] => {
  try {
    return derivedCount(crowd, "input");
  } catch (error) {
    return (error as Refusal).extensions.fields;
  }
};
const march = { rowsPerMinute: 12.5, peoplePerRow: 8, minutes: 45 };

// prettier-ignore
test.each<[Crowd, string, string]>([
  [{ density: CrowdDensity.LOOSE }, "areaSquareMeters", "is missing: it goes with density"],
  [{ areaSquareMeters: 0.5, density: CrowdDensity.LOOSE }, "areaSquareMeters", "must be from 1 to 10,000,000"],
  [{ areaSquareMeters: 10_000_001 }, "areaSquareMeters", "must be from 1 to 10,000,000"],
  [{ areaSquareMeters: Number.NaN }, "areaSquareMeters", "must be from 1 to 10,000,000"],
  [{ areaSquareMeters: 2_000_000, density: CrowdDensity.PACKED }, "areaSquareMeters", "must not come to more than 5,000,000 people"],
  [{ ...march, rowsPerMinute: 0 }, "rowsPerMinute", "must be from 0.1 to 200"],
  [{ ...march, peoplePerRow: 201 }, "peoplePerRow", "must be from 1 to 200"],
  [{ ...march, minutes: 1_441 }, "minutes", "must be from 1 to 1,440"],
  [{ ...march, minutes: null }, "minutes", "is missing: it goes with rowsPerMinute and peoplePerRow"],
  [{ minutes: 5 }, "rowsPerMinute", "is missing: it goes with peoplePerRow and minutes"],
  [{ rowsPerMinute: 5 }, "peoplePerRow", "is missing: it goes with rowsPerMinute and minutes"],
  [{ rowsPerMinute: 200, peoplePerRow: 200, minutes: 126 }, "minutes", "must not come to more than 5,000,000 people"],
  [{ ...march, areaSquareMeters: 100, density: CrowdDensity.LOOSE }, "density", "stands without a march: give the area, or the rows"],
])("refuses to work out %j", (crowd, name, reason) => {
  expect(refusalOf(crowd)).toEqual([{ path: `input.${name}`, reason }]);
});

test.each([
  [CrowdDensity.LOOSE, 1_075],
  [CrowdDensity.DENSE, 2_381],
  [CrowdDensity.PACKED, 4_348],
])("%s people on 1,000 m² are %i", (density, count) => {
  const derived = { count, method: TurnoutMethod.AREA_DENSITY };
  expect(derivedCount({ areaSquareMeters: 1_000, density }, "input")).toEqual(derived);
});

test("a march is rows a minute × people in a row × minutes", () => {
  expect(derivedCount(march, "input")).toEqual({ count: 4_500, method: TurnoutMethod.MARCH_PASS_ROWS });
});

test("an area alone is no count, and a march may be counted on a known area", () => {
  expect(derivedCount({ areaSquareMeters: 1_000, density: null }, "input")).toBeNull();
  expect(derivedCount({ ...march, areaSquareMeters: 1_000 }, "input")).toMatchObject({ count: 4_500 });
  expect(derivedCount({}, "input")).toBeNull();
});

test("what is worked out from an area is never too many for it", () => {
  const [least, most] = crowdBounds.areaSquareMeters;
  const area = double({ min: least, max: most, noNaN: true });
  assert(
    property(
      area,
      constantFrom(...Object.values(CrowdDensity)),
      integer({ min: 1, max: 9 }),
      (areaSquareMeters, density, more) => {
        const high = peopleOn(areaSquareMeters, density);
        expect(flagsOf({ ...plain, areaSquareMeters, high })).toEqual([]);
        const packed = peopleOn(areaSquareMeters, CrowdDensity.PACKED);
        expect(flagsOf({ ...plain, areaSquareMeters, high: packed + more })).toEqual([TurnoutFlag.OVER_DENSITY]);
      },
    ),
  );
});
