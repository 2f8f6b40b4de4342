import { allow, type Viewer } from "../../platform/context.js";
import { prepared } from "../../platform/database/prepared.js";
import type { Transaction } from "../../platform/database/transact.js";
import type { EventFacts } from "../events/index.js";
import { isAssured } from "../shifts/index.js";
import { ReportingPolicy } from "./policy.values.js";
import { sourceOf, type Stands } from "./report.policy.js";
import type { TurnoutSource } from "./turnout.values.js";

const readStands = prepared<Stands>(
  "report_stands",
  `SELECT EXISTS (SELECT 1 FROM shift_signups g JOIN shifts s ON s.id = g.shift_id
       WHERE s.event_id = w.event_id AND g.person_id = w.person_id AND ${isAssured("g")}) AS "isPeacekeeper",
     COALESCE((SELECT p.reporting FROM events e JOIN turnout_policies p ON p.campaign_id = e.campaign_id
       WHERE e.id = w.event_id), '${ReportingPolicy.NAMED}') AS reporting
   FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS w(event_id, person_id, n) ORDER BY w.n`,
);

/** What it depends on, beside the events, in whose name people report of them, in the order asked. */
export const standsOf = (tx: Transaction, asked: { eventId: string; personId: string }[]): Promise<Stands[]> =>
  readStands(tx, [asked.map(({ eventId }) => eventId), asked.map(({ personId }) => personId)]);

/** In whose name this viewer reports of the event; refuses those who may not. */
export function sourceFor(viewer: Viewer, event: EventFacts, stands: Stands): TurnoutSource {
  const source = sourceOf(viewer, event, stands);
  allow(
    source !== null,
    "report turnout of this event: its reporters, peacekeepers, coordinators, hosts and staff may",
  );
  return source!;
}

/** The same, where what it depends on is not known yet. */
export async function sourceIn(tx: Transaction, viewer: Viewer, event: EventFacts): Promise<TurnoutSource> {
  const [stands] = await standsOf(tx, [{ eventId: event.id, personId: viewer.personId }]);
  return sourceFor(viewer, event, stands!);
}
