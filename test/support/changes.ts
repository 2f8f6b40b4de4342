import type { Caller } from "./world.js";

/** The changes after a position, once there are so many: a change is told when every older transaction has ended. */
export async function changesSince(caller: Caller, since: string, least: number): Promise<unknown[]> {
  const query = `query($s: String!) { changes(since: $s, first: 100) { changes { topic kind id node { id } } } }`;
  for (;;) {
    const { changes } = (await caller.run(query, { s: since })).data.changes;
    if (changes.length >= least) return changes;
  }
}
