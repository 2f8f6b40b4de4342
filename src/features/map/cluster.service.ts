import type { Context } from "../../platform/context.js";
import { badInput, ErrorReason } from "../../platform/errors.js";
import { Ref } from "../../platform/reading/read.js";
import { type BoundingBox, checkFilter, type EventFilter, eventShape } from "../events/index.js";
import { Area } from "./area.js";
import { cellLevels, cellsIn } from "./cells.js";
import type { EventCluster } from "./cluster.js";
import { pointsOf } from "./map.points.js";
import type { Points } from "./points.js";
import type { Sum } from "./sum.js";

/** More than any screen shows apart. */
export const mostClusters = 2_500;

/** The public events of a box, put together for a map of some zoom. */
export async function clustersOf(
  ctx: Context,
  within: BoundingBox,
  zoom: number,
  filter?: EventFilter,
): Promise<EventCluster[]> {
  if (within.south > within.north) throw badInput("within.south", "must not be above north");
  if (filter?.within) throw badInput("filter.within", "is not taken here: give the box as `within`");
  checkFilter(filter);
  const points = await pointsOf(ctx, filter);
  const sums = sumsIn(points, new Area(within), zoom);
  if (!sums) throw tooMany(points, new Area(within), zoom);
  return sums.map(clusterOf);
}

/** The sums of an area; null where there are too many to show. */
function sumsIn(points: Points, area: Area, zoom: number): Sum[] | null {
  const sums: Sum[] = [];
  for (const sum of cellsIn(points, area, zoom + cellLevels)) if (sums.push(sum) > mostClusters) return null;
  return sums;
}

function tooMany(points: Points, area: Area, zoom: number): Error {
  let fits = zoom - 1;
  while (fits > 0 && !sumsIn(points, area, fits)) fits--;
  const reason = `shows more than ${mostClusters} clusters in this box; take ${fits}, or a smaller box`;
  return badInput("zoom", reason, ErrorReason.TOO_MANY_CLUSTERS);
}

function clusterOf(sum: Sum): EventCluster {
  const { count, low, high, reporting, openPlaces, only } = sum;
  const [west, south, east, north] = sum.extent;
  return {
    count,
    latitude: only?.latitude ?? sum.latitude,
    longitude: only?.longitude ?? sum.longitude,
    bounds: { west, south, east, north },
    turnout: { low: asInt(low), high: asInt(high), reporting },
    openPlaces: asInt(openPlaces)!,
    event: (only && new Ref(eventShape, only.id, { title: only.title, ...only.kind })) as never,
  };
}

/** GraphQL's Int ends there; more people than that there are not. */
const asInt = (number: number | null): number | null => (number === null ? null : Math.min(number, 2 ** 31 - 1));
