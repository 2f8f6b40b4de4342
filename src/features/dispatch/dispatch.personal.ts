import { IsNull } from "typeorm";
import { globalIdSql } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { beforeErasing, Erased, personal } from "../../platform/personal.js";
import { findRow } from "../events/index.js";
import { DispatchName, DispatchPledge } from "./dispatch.js";
import { standing } from "./dispatch.shape.js";
import { countNames } from "./name.service.js";

const dispatch = globalIdSql("DispatchPledge", "t.pledge_id");
const name = { dispatch, at: "t.named_at", removedAt: "t.removed_at" };

personal("dispatch_names.person_id", { erased: Erased.ROW, shows: { ...name, named: "'you'" } });
personal("dispatch_names.named_by", { erased: Erased.LINK, shows: { ...name, named: "'by you'" } });

/** Of what is to come another may be named for them; what is over counts as it was, so this comes before sign-ups go. */
beforeErasing.unshift(async (tx, personId) => {
  const pledges: { id: string; eventId: string }[] = await tx.db.query(
    `SELECT id, event_id AS "eventId" FROM dispatch_pledges
     WHERE id IN (SELECT pledge_id FROM dispatch_names WHERE person_id = $1 AND removed_at IS NULL)
     ORDER BY id FOR NO KEY UPDATE`,
    [personId],
  );
  for (const { id, eventId } of pledges) await unname(tx, id, eventId, personId);
});

async function unname(tx: Transaction, pledgeId: string, eventId: string, personId: string): Promise<void> {
  const [event, pledge] = [
    await findRow(tx, eventId),
    await tx.db.findOneByOrFail(DispatchPledge, { id: pledgeId }),
  ] as const;
  if (event!.spanEndsAt <= tx.now()) {
    const kept = { stood: () => standing("dispatch_pledges") };
    return void (await tx.db.update(DispatchPledge, { id: pledgeId, stood: IsNull() }, kept));
  }
  await tx.db.delete(DispatchName, { pledgeId, personId });
  await countNames(tx, { pledge, event: event! });
}
