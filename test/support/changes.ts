import type { Caller } from "./world.js";

interface Told {
  topic: string;
  kind: string;
  id: string;
  node: { id: string } | null;
}

/**
 * The changes of some things after a position, once there are so many: a change is told when every older transaction
 * has ended, and until then others' are told that were made before.
 */
export async function changesSince(caller: Caller, since: string, ids: string[], least: number): Promise<Told[]> {
  const query = `query($s: String!) { changes(since: $s, first: 100) { changes { topic kind id node { id } } } }`;
  for (;;) {
    const all: Told[] = (await caller.run(query, { s: since })).data.changes.changes;
    const changes = all.filter(({ id }) => ids.includes(id));
    if (changes.length >= least) return changes;
  }
}
