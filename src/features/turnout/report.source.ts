import { allow, type Viewer } from "../../platform/context.js";
import { prepared } from "../../platform/database/prepared.js";
import { type Each, eachOf, passed } from "../../platform/database/together.js";
import type { Transaction } from "../../platform/database/transact.js";
import { Refusal } from "../../platform/errors.js";
import type { EventFacts } from "../events/index.js";
import { isAssured } from "../shifts/index.js";
import { ReportingPolicy } from "./policy.values.js";
import { sourceOf, type Stands } from "./report.policy.js";
import type { TurnoutSource } from "./turnout.values.js";

/** Who reports of which event. */
export interface Reporting {
  viewer: Viewer;
  event: EventFacts;
}

const readStands = prepared<Stands>(
  "report_stands",
  `SELECT EXISTS (SELECT 1 FROM shift_signups g JOIN shifts s ON s.id = g.shift_id
       WHERE s.event_id = w.event_id AND g.person_id = w.person_id AND ${isAssured("g")}) AS "isPeacekeeper",
     COALESCE((SELECT p.reporting FROM turnout_policies p WHERE p.campaign_id = w.campaign_id), '${ReportingPolicy.NAMED}')
       AS reporting
   FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) WITH ORDINALITY AS w(event_id, person_id, campaign_id, n) ORDER BY w.n`,
);

/** In whose name these report; refuses those who may not. */
export async function sourcesOf<Of extends Reporting>(
  tx: Transaction,
  reporting: Each<Of>,
): Promise<Each<Of & { source: TurnoutSource }>> {
  const all = passed(reporting);
  const stands = await readStands(tx, [
    all.map(({ event }) => event.id),
    all.map(({ viewer }) => viewer.personId),
    all.map(({ event }) => event.campaignId),
  ]);
  return eachOf(reporting, (one) => ({ ...one, source: sourceFor(one, stands.shift()!) }));
}

function sourceFor({ viewer, event }: Reporting, stands: Stands): TurnoutSource {
  const source = sourceOf(viewer, event, stands);
  allow(
    source !== null,
    "report turnout of this event: its reporters, peacekeepers, coordinators, hosts and staff may",
  );
  return source!;
}

/** The same of one. */
export async function sourceIn(tx: Transaction, viewer: Viewer, event: EventFacts): Promise<TurnoutSource> {
  const [named] = await sourcesOf(tx, [{ viewer, event }]);
  if (named instanceof Refusal) throw named;
  return named!.source;
}
