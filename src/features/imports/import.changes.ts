import { room } from "../../platform/changes/change.js";
import { record } from "../../platform/changes/record.js";
import type { LiveSource } from "../../platform/changes/reader.js";
import { signedIn, type Viewer } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { Ref, seen } from "../../platform/reading/read.js";
import { visible } from "./import.policy.js";
import { importShape } from "./import.shape.js";

const importTopic = "import";

/** Records that an import has come further. */
export const importChanged = (tx: Transaction, importId: string): void =>
  record(tx, { topic: importTopic, kind: ChangeKind.UPDATED, subjectId: importId, scopes: [importId] });

/** The progress of an import, for the staff of its campaign. */
export function progressOf(viewer: Viewer | null, importId: string, after?: string): LiveSource {
  signedIn({ viewer });
  return {
    rooms: [room(importTopic, importId)],
    after,
    message: async (ctx, { position, kind, subjectId }) =>
      (await seen(ctx, "event_imports", [subjectId], visible)).size > 0
        ? { position, kind, import: new Ref(importShape, subjectId) }
        : null,
    resync: (position) => ({ position, kind: ChangeKind.RESYNC, import: null }),
  };
}
