import type { Change as Logged } from "../../platform/changes/change.js";
import { formatPosition, parsePosition } from "../../platform/changes/position.js";
import { reaches, readBounds, readStretch } from "../../platform/changes/store.js";
import type { Context } from "../../platform/context.js";
import { toGlobalId } from "../../platform/database/ids.js";
import { badInput, ErrorReason } from "../../platform/errors.js";
import type { ChangeKind } from "../../platform/graphql/live.js";
import { pageLimits } from "../../platform/limits/cost.js";
import { Ref } from "../../platform/reading/read.js";
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
  const seen = new Set<Logged>();
  for (const [topic, { listed }] of Object.entries(topics)) {
    const ofTopic = stretch.changes.filter((change) => change.topic === topic);
    const ids =
      ofTopic.length > 0
        ? await listed(
            ctx,
            ofTopic.map((change) => change.subjectId),
          )
        : new Set();
    for (const change of ofTopic) if (ids.has(change.subjectId)) seen.add(change);
  }
  return {
    changes: stretch.changes.filter((change) => seen.has(change)).map(told),
    position: formatPosition(stretch.end),
    hasMore: stretch.more,
    resync: false,
  };
}

function told({ position, topic, kind, subjectId }: Logged): Change {
  const { name, shape } = topics[topic]!;
  return {
    position,
    topic: name,
    kind: kind as ChangeKind,
    id: toGlobalId(shape.type, subjectId),
    node: new Ref(shape, subjectId),
  };
}
