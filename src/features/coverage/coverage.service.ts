import { IsNull } from "typeorm";
import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { Refusal } from "../../platform/errors.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { tidy } from "../../platform/graphql/text.js";
import { publicAddress } from "../../platform/graphql/url.js";
import { canManage, eventChanged, lockEvent, lockEventBehind, type LockedEvent } from "../events/index.js";
import type { AcceptCoverageInput, AddCoverageInput, RemoveCoverageInput } from "./coverage.inputs.js";
import { refuseTooMany } from "./coverage.limits.js";
import { Coverage, CoverageStatus } from "./coverage.js";
import { canRemove, knowsOf } from "./coverage.policy.js";
import { settle, wiped } from "./coverage.settle.js";

export interface CoverageAnswer {
  coverageId: string;
}

/** Adds a link: shown at once by those who manage the event, else a suggestion to them; again is harmless. */
export function addCoverage(ctx: Context, input: AddCoverageInput): Promise<CoverageAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "addCoverage", input, async (tx) => {
    const event = await lockEvent(tx, fromGlobalId("Event", input.eventId, "input.eventId"));
    const manages = canManage(viewer, event);
    const link = { eventId: event.id, url: publicAddress(input.url)! };
    const known = await knownLink(tx, link, viewer.personId);
    if (known && manages) await accept(tx, event, known);
    if (known) return { coverageId: known.id };
    await refuseTooMany(tx, event.id, viewer.personId);
    const coverage = {
      id: newId(),
      ...link,
      kind: input.kind,
      title: tidy(input.title)!,
      publisher: tidy(input.publisher),
      status: manages ? CoverageStatus.ACCEPTED : CoverageStatus.SUGGESTED,
      suggestedBy: viewer.personId,
      addedAt: tx.now(),
    };
    await tx.db.insert(Coverage, coverage);
    if (manages) await shown(tx, event);
    await noted(tx, event, coverage.id);
    return { coverageId: coverage.id };
  });
}

/** The same link where everybody sees it, or as this person has suggested it. */
async function knownLink(
  tx: Transaction,
  link: Pick<Coverage, "eventId" | "url">,
  suggestedBy: string,
): Promise<Coverage | null> {
  const open = { ...link, removedAt: IsNull() };
  const accepted = await tx.db.findOneBy(Coverage, { ...open, status: CoverageStatus.ACCEPTED });
  return accepted ?? tx.db.findOneBy(Coverage, { ...open, suggestedBy });
}

/** Shows a suggestion to whoever sees the event; again is harmless. */
export function acceptCoverage(ctx: Context, input: AcceptCoverageInput): Promise<CoverageAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "acceptCoverage", input, async (tx) => {
    const { coverage, event } = await lockCoverage(tx, input.coverageId);
    allow(canManage(viewer, event), "accept this link: those who manage the event may");
    if (coverage.removedAt !== null) throw missing();
    await accept(tx, event, coverage);
    return { coverageId: coverage.id };
  });
}

async function accept(tx: Transaction, event: LockedEvent, { id, status }: Coverage): Promise<void> {
  if (status === CoverageStatus.ACCEPTED) return;
  await tx.db.update(Coverage, { id }, { status: CoverageStatus.ACCEPTED });
  await shown(tx, event);
  await noted(tx, event, id, ["status"]);
}

/** Everybody sees another link at the event. */
async function shown(tx: Transaction, event: LockedEvent): Promise<void> {
  await settle(tx, event.id);
  eventChanged(tx, event, ChangeKind.UPDATED);
}

/** Takes a link away; again is harmless. */
export function removeCoverage(ctx: Context, input: RemoveCoverageInput): Promise<CoverageAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "removeCoverage", input, async (tx) => {
    const { coverage, event } = await lockCoverage(tx, input.coverageId);
    allow(canRemove(viewer, event, coverage), "remove this link: those who manage the event, and who added it, may");
    if (coverage.removedAt === null) {
      await tx.db.update(Coverage, { id: coverage.id }, wiped(tx));
      if (coverage.status === CoverageStatus.ACCEPTED) eventChanged(tx, event, ChangeKind.UPDATED);
      await noted(tx, event, coverage.id);
    }
    return { coverageId: coverage.id };
  });
}

/** The link and its event, which is locked for both; what the viewer may not see is not there. */
async function lockCoverage(tx: Transaction, globalId: string): Promise<{ coverage: Coverage; event: LockedEvent }> {
  const id = fromGlobalId("Coverage", globalId, "input.coverageId");
  const { event } = await lockEventBehind(tx, await tx.db.findOneBy(Coverage, { id }), "coverage link");
  const coverage = await tx.db.findOneByOrFail(Coverage, { id });
  if (!knowsOf(signedIn(tx), event, coverage)) throw missing();
  return { coverage, event };
}

const missing = (): Refusal => new Refusal("NOT_FOUND", "There is no such coverage link.");

/** Whoever suggests is not named: those who manage the event might know the person. */
const noted = (tx: Transaction, event: LockedEvent, id: string, fields: string[] = []): Promise<void> =>
  audit(tx, {
    type: "Coverage",
    id,
    scopes: [event.id, event.campaignId],
    fields,
    unnamed: !canManage(signedIn(tx), event),
  });
