import type { Context } from "../../platform/context.js";
import { Script } from "../../platform/database/script.js";
import { databaseFacts } from "../../platform/log.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import type { Scope } from "../../platform/reading/shape.js";
import { FollowReason, visible } from "../events/index.js";
import { shiftTopic } from "./shift.changes.js";
import { isKnown, obstacles } from "./shift.eligibility.js";
import { ClaimObstacle, SignupStatus } from "./shift.values.js";

/** What everybody may see depends on nobody. */
const everybody: Scope = {
  signedIn: false,
  bind: () => {
    throw new Error("Nobody has nothing to bind.");
  },
  alias: () => "everybody",
};

const claimant = { person: "$2", now: "$3" };

/**
 * The usual claim: of a shift that everybody may see, by somebody who is known and has nothing there yet, while nobody waits
 * and nothing is overdue.
 * It writes what `become` writes, or nothing. The rules are those of `obstacles`.
 */
const claimSql = (): string => `
  WITH facts AS MATERIALIZED (
    SELECT s.id, s.event_id, s.starts_at, s.ends_at, e.campaign_id, e.version, s.status = 'DRAFT' AS draft,
      s.taken < s.capacity AND EXISTS (
        SELECT 1 FROM shift_signups w WHERE w.shift_id = s.id AND w.status = 'WAITLISTED')
      OR s.taken > s.confirmed AND EXISTS (
        SELECT 1 FROM shift_signups d WHERE d.shift_id = s.id AND d.deadline <= $3) AS unsettled,
      ${isKnown("e", claimant)} AS known, ${obstacles("s", "e", claimant)} AS obstacles
    FROM shifts s JOIN events e ON e.id = s.event_id
    WHERE s.id = $1 AND ${visible("e", everybody)}
      AND NOT EXISTS (SELECT 1 FROM shift_signups own WHERE own.shift_id = s.id AND own.person_id = $2)
  ), signup AS (
    INSERT INTO shift_signups (id, shift_id, person_id, status, starts_at, ends_at, claimed_at)
    SELECT gen_random_uuid(), id, $2, '${SignupStatus.CONFIRMED}', starts_at, ends_at, $3 FROM facts
    WHERE known AND NOT unsettled AND obstacles = '{}' RETURNING id
  ), counted AS (
    UPDATE shifts s SET taken = s.taken + 1, confirmed = s.confirmed + 1 FROM signup WHERE s.id = $1
  ), step AS (
    INSERT INTO signup_steps (signup_id, version, status, at, actor_id)
    SELECT id, 1, '${SignupStatus.CONFIRMED}', $3, $2 FROM signup
  ), followed AS (
    INSERT INTO event_follows (event_id, person_id, because, since, told_version)
    SELECT f.event_id, $2, '${FollowReason.SHIFT}', $3, COALESCE((SELECT min(o.told_version) FROM event_follows o
      WHERE o.event_id = f.event_id AND o.person_id = $2), f.version) FROM facts f, signup ON CONFLICT DO NOTHING
  ), audited AS (
    INSERT INTO audit_entries (id, at, actor_id, action, subject_type, subject_id, scopes, fields)
    SELECT gen_random_uuid(), $3, NULL, 'claimShift', 'ShiftSignup', signup.id,
      array_remove(ARRAY[event_id, campaign_id], NULL), '{status}' FROM facts, signup
  ), changed AS (
    INSERT INTO changes (topic, kind, subject_id, scopes)
    SELECT '${shiftTopic}', '${ChangeKind.UPDATED}', facts.id, array_remove(ARRAY[event_id, campaign_id], NULL)
    FROM facts, signup
  )
  SELECT (SELECT id FROM signup) AS "signupId", obstacles, draft OR unsettled AS other FROM facts`;

let script: Script | undefined;

/** Made when it is first needed: by then higher features have said whom they know. */
const theScript = (): Script =>
  (script ??= new Script("claim_shift", [
    // In the order of `lockShift`.
    {
      types: ["uuid"],
      text: "SELECT FROM events WHERE id = (SELECT event_id FROM shifts WHERE id = $1) FOR SHARE",
    },
    { types: ["uuid"], text: "SELECT FROM shifts WHERE id = $1 FOR NO KEY UPDATE" },
    { types: ["uuid"], text: "SELECT FROM people WHERE id = $1 FOR NO KEY UPDATE" },
    { types: ["uuid", "uuid", "timestamptz"], text: claimSql() },
  ]));

interface Found {
  signupId: string | null;
  obstacles: ClaimObstacle[];
  other: boolean;
}

// Deadlock, serialization failure, overlap: the long way tries again, or finds the words.
const leftToOthers = new Set(["40P01", "40001", "23P01"]);

/** Claims a place in one trip: a sign-up, or what stands in the way; null where there is more to it. */
export async function claimFast(
  ctx: Context,
  shiftId: string,
  personId: string,
): Promise<{ signupId: string } | { obstacle: ClaimObstacle } | null> {
  const values = [[shiftId], [shiftId], [personId], [shiftId, personId, ctx.now().toISOString()]];
  const [found] = await theScript()
    .run<Found>(ctx.pool, values)
    .catch((error: unknown): Found[] => {
      if (leftToOthers.has(databaseFacts(error).code ?? "")) return [];
      throw error;
    });
  if (!found) return null;
  if (found.signupId) {
    ctx.reads.forget();
    ctx.changes.wake();
    return { signupId: found.signupId };
  }
  const [obstacle] = found.obstacles;
  return obstacle && !found.other ? { obstacle } : null;
}
