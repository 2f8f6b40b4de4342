import { ForwardArgs } from "../../platform/graphql/connection.js";
import { ArgsType, Field, ID } from "type-graphql";
import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { fromGlobalId, toGlobalId } from "../../platform/database/ids.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { type Page, readPage, type SealedList } from "../../platform/reading/page.js";
import { canCoordinate, lockEvent } from "../events/index.js";
import type { PeacekeeperOnDuty } from "./duty.js";
import { dutyRows, DutyState } from "./duty.values.js";

@ArgsType()
export class DutyArgs extends ForwardArgs {
  @Field(() => ID, { description: "An event that you coordinate." })
  eventId!: string;

  @Field(() => DutyState, { nullable: true, description: "Only those who stand so." })
  state?: DutyState;
}

/** Who is on duty and who is expected, by the time their shifts begin. That somebody has looked is kept: there are names. */
export function duty(ctx: Context, { eventId, state, ...page }: DutyArgs): Promise<Page<PeacekeeperOnDuty>> {
  const viewer = signedIn(ctx);
  return transact(ctx, "duty", async (tx) => {
    const event = await lockEvent(tx, fromGlobalId("Event", eventId, "eventId"), "pessimistic_read");
    allow(canCoordinate(viewer, event), "see who is on duty at this event: its coordinators, hosts and staff may");
    await audit(tx, { type: "Event", id: event.id, scopes: [event.id, event.campaignId] });
    return readPage(tx, peopleAt(tx, event.id, state ?? null), page);
  });
}

type Row = Omit<PeacekeeperOnDuty, "name"> & { nameSealed: Buffer | null };

const peopleAt = (tx: Transaction, eventId: string, state: DutyState | null): SealedList<Row, PeacekeeperOnDuty> => ({
  of: ["duty", eventId, state],
  columns: `g.id AS "signupId", p.name_sealed AS "nameSealed", d.state, s.role, g.starts_at AS "startsAt", g.ends_at AS "endsAt",
    LEAST(t.arrived_client, t.arrived_server) AS "arrivedAt"`,
  from: `${dutyRows("$2::timestamptz")} LEFT JOIN duty_times t ON t.signup_id = g.id
    LEFT JOIN peacekeepers p ON p.person_id = g.person_id`,
  where: "s.event_id = $1 AND d.state IS NOT NULL AND ($3::text IS NULL OR d.state = $3)",
  values: [eventId, tx.now(), state],
  order: ["g.starts_at", "g.id"],
  open: ({ nameSealed, signupId, ...row }) => ({
    ...row,
    signupId: toGlobalId("ShiftSignup", signupId),
    name: nameSealed && tx.secrets.open(nameSealed),
  }),
});
