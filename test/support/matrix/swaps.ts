import type { openWorld } from "../world.js";
import type { People } from "./people.js";
import { does } from "./setting.js";

/** A place that the peacekeeper would give away, and the newcomer wants: it waits for a coordinator. */
export async function swapAt(world: ReturnType<typeof openWorld>, people: People, event: string): Promise<string> {
  const times = { startsAt: new Date("2026-01-23T20:30:00Z"), endsAt: new Date("2026-01-23T21:30:00Z") };
  const shiftId = await world.a.shift({ event: { id: event, slug: "" }, capacity: 1, ...times });
  for (const name of ["claimShift", "offerSwap"]) await does(world, people.peacekeeper, name, { shiftId });
  await does(world, people.newcomer, "claimShift", { shiftId, joinWaitlist: true });
  const { swap } = await does(world, people.newcomer, "acceptSwap", { shiftId }, "swap { id }");
  return swap.id as string;
}

/** Somebody is missing, and the peacekeeper is asked. */
export async function coverAt(world: ReturnType<typeof openWorld>, people: People, event: string) {
  const times = { startsAt: new Date("2026-01-23T22:00:00Z"), endsAt: new Date("2026-01-23T23:00:00Z") };
  const shiftId = await world.a.shift({ event: { id: event, slug: "" }, ...times });
  const { globalId: cityId } = await world.a.city();
  await does(world, people.peacekeeper, "updatePeacekeeper", { cityId, onCall: true });
  const { callOut } = await does(world, people.coordinator, "callOut", { shiftId }, "callOut { id }");
  const { data } = await world.as(people.peacekeeper).run("{ viewer { coverRequests { nodes { id } } } }");
  return { callOut: callOut.id as string, cover: data.viewer.coverRequests.nodes[0].id as string };
}
