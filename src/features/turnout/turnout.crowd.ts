import { badInput } from "../../platform/errors.js";
import { CrowdDensity, largestCount, TurnoutMethod } from "./turnout.values.js";

/** Square metres for each person (Herbert Jacobs, 1967): 10, 4.5 and 2.5 square feet. */
const space: Record<CrowdDensity, number> = { LOOSE: 0.93, DENSE: 0.42, PACKED: 0.23 };

/** What may be stated, from and to; docs/turnout.md says why. */
export const crowdBounds = {
  areaSquareMeters: [1, 10_000_000],
  rowsPerMinute: [0.1, 200],
  peoplePerRow: [1, 200],
  minutes: [1, 1_440],
} as const;

/** What a count can be worked out from: an area and how close people stand on it, or a march that passed. */
export interface Crowd {
  areaSquareMeters?: number | null;
  density?: CrowdDensity | null;
  rowsPerMinute?: number | null;
  peoplePerRow?: number | null;
  minutes?: number | null;
}

export interface DerivedCount {
  /** One number: it sets both ends. */
  count: number;
  method: TurnoutMethod;
}

/** How many stand on an area. */
export const peopleOn = (areaSquareMeters: number, density: CrowdDensity): number =>
  Math.round(areaSquareMeters / space[density]);

/** How many pass a point. */
const peoplePassing = (rowsPerMinute: number, peoplePerRow: number, minutes: number): number =>
  Math.round(rowsPerMinute * peoplePerRow * minutes);

/** The count that an input states by area or march; null when it does neither. An area alone is no count, only a check. */
export function derivedCount(crowd: Crowd, path: string): DerivedCount | null {
  refuseOutside(crowd, path);
  const byArea = countOfArea(crowd, path);
  const byMarch = countOfMarch(crowd, path);
  if (byArea && byMarch) throw badInput(`${path}.density`, "stands without a march: give the area, or the rows");
  const derived = byArea ?? byMarch;
  if (derived && derived.count > largestCount)
    throw badInput(
      byArea ? `${path}.areaSquareMeters` : `${path}.minutes`,
      "must not come to more than 5,000,000 people",
    );
  return derived;
}

function refuseOutside(crowd: Crowd, path: string): void {
  for (const [name, [least, most]] of Object.entries(crowdBounds)) {
    const value = crowd[name as keyof typeof crowdBounds] ?? least;
    if (!(value >= least && value <= most))
      throw badInput(`${path}.${name}`, `must be from ${least} to ${most.toLocaleString("en")}`);
  }
}

function countOfArea({ areaSquareMeters, density }: Crowd, path: string): DerivedCount | null {
  if (!density) return null;
  const area = known(areaSquareMeters, `${path}.areaSquareMeters`, "density");
  return { count: peopleOn(area, density), method: TurnoutMethod.AREA_DENSITY };
}

function countOfMarch({ rowsPerMinute, peoplePerRow, minutes }: Crowd, path: string): DerivedCount | null {
  if ((rowsPerMinute ?? peoplePerRow ?? minutes ?? null) === null) return null;
  const count = peoplePassing(
    known(rowsPerMinute, `${path}.rowsPerMinute`, "peoplePerRow and minutes"),
    known(peoplePerRow, `${path}.peoplePerRow`, "rowsPerMinute and minutes"),
    known(minutes, `${path}.minutes`, "rowsPerMinute and peoplePerRow"),
  );
  return { count, method: TurnoutMethod.MARCH_PASS_ROWS };
}

function known(value: number | null | undefined, path: string, others: string): number {
  if (value === null || value === undefined) throw badInput(path, `is missing: it goes with ${others}`);
  return value;
}
