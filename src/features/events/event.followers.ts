import { type Context, type Services, systemContext } from "../../platform/context.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { enqueue, queue } from "../../platform/jobs/queue.js";
import { kindNamed, type LetterKind, sendLetter } from "../letters/index.js";
import { FollowReason } from "./event.values.js";

const batch = 500;

/** A letter to everybody who follows an event. */
interface ToFollowers {
  eventId: string;
  kind: string;
  /** What makes the letter another one than those of its kind before; the same is never sent twice. */
  mark: string;
  data: object;
  /** Reasons for following that do not count this time. */
  except: FollowReason[];
  /** The last person of the batch before. */
  after: string | null;
}

const followers = queue<ToFollowers>("event followers", tellBatch);

/** Has a letter sent to each follower of an event, once this transaction has committed. */
export const tellFollowers = <Data extends object>(
  tx: Transaction,
  eventId: string,
  kind: LetterKind<Data>,
  mark: string,
  data: Data,
  except: FollowReason[] = [],
): Promise<void> => enqueue(tx, followers, [{ eventId, kind: kind.name, mark, data, except, after: null }]);

async function tellBatch(services: Services, job: ToFollowers): Promise<void> {
  const system = systemContext(services);
  await transact(system, "tellFollowers", async (tx) => {
    const people: { id: string }[] = await tx.db.query(
      `SELECT DISTINCT person_id AS id FROM event_follows
       WHERE event_id = $1 AND because <> ALL ($2::text[]) AND ($3::uuid IS NULL OR person_id > $3)
       ORDER BY person_id LIMIT ${batch}`,
      [job.eventId, job.except, job.after],
    );
    const letters = people.map(({ id }) => ({
      personId: id,
      key: `${job.eventId}:${id}:${job.mark}`,
      data: job.data,
    }));
    await sendLetter(tx, kindNamed(job.kind), letters);
    if (people.length === batch) await enqueue(tx, followers, [{ ...job, after: people.at(-1)!.id }]);
  });
}

/** What higher features add to the end of a letter to somebody who follows an event, such as how to cancel. */
export const letterEndings: ((ctx: Context, personId: string, eventId: string) => Promise<string | null>)[] = [];

/** The text of a letter to a follower, with what is to be said to this one. */
export async function toFollower(ctx: Context, personId: string, eventId: string, text: string): Promise<string> {
  const endings = await Promise.all(letterEndings.map((ending) => ending(ctx, personId, eventId)));
  return [text, ...endings.filter((ending) => ending !== null)].join("\n\n");
}
