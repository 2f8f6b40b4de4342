import type { Change as Logged } from "../../platform/changes/change.js";
import { formatPosition, parsePosition } from "../../platform/changes/position.js";
import { reaches, readBounds, readStretch } from "../../platform/changes/store.js";
import type { Context } from "../../platform/context.js";
import { toGlobalId } from "../../platform/database/ids.js";
import { badInput, ErrorReason } from "../../platform/errors.js";
import { pageLimits } from "../../platform/limits/cost.js";
import type { Change, Changes } from "./change.js";
import { topics } from "./change.topics.js";

/** A stretch of the log after a position, without what this reader may not find. */
export async function changesSince(ctx: Context, since: string, first: number = pageLimits.usual): Promise<Changes> {
  if (first < pageLimits.least || first > pageLimits.most)
    throw badInput("first", `must be from ${pageLimits.least} to ${pageLimits.most}`, ErrorReason.PAGE_SIZE);
  const after = parsePosition(since, "since");
  const bounds = await readBounds(ctx.pool);
  if (!reaches(bounds, after))
    return { changes: [], position: formatPosition(bounds.head), hasMore: false, resync: true };
  const stretch = await readStretch(ctx.pool, after, { topics: Object.keys(topics), limit: first });
  return {
    changes: latest(await toldTo(ctx, stretch.changes)),
    position: formatPosition(stretch.end),
    hasMore: stretch.more,
    resync: false,
  };
}

/** What this reader is told of the changes, in the order of the log. */
async function toldTo(ctx: Context, changes: readonly Logged[]): Promise<Change[]> {
  const names = [...new Set(changes.map(({ topic }) => topic))];
  const ofTopic = (name: string): Logged[] => changes.filter(({ topic }) => topic === name);
  const told = await Promise.all(names.map((name) => topics[name]!.told(ctx, ofTopic(name))));
  const all = new Map(told.flatMap((some) => [...some]));
  return changes.flatMap((change) => {
    const saying = all.get(change);
    const { name, shape } = topics[change.topic]!;
    const { position, subjectId } = change;
    return saying ? [{ position, topic: name, id: toGlobalId(shape.type, subjectId), ...saying }] : [];
  });
}

/** Of several changes of one thing the last: all of them would be told with its present state. */
function latest(changes: Change[]): Change[] {
  const last = new Map(changes.map((change) => [`${change.topic} ${change.id}`, change]));
  return changes.filter((change) => last.get(`${change.topic} ${change.id}`) === change);
}
