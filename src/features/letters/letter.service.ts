import { type Context, type Services, systemContext } from "../../platform/context.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { enqueue, queue } from "../../platform/jobs/queue.js";
import { AddressRefused, type Mail } from "../../platform/mail.js";
import { emailOf } from "../people/index.js";
import { kindNamed, type Letter, type LetterKind } from "./letter.kinds.js";
import { secondsToWait } from "./letter.limit.js";
import { isStopped } from "./letter.stops.js";
import { QueuedLetter } from "./letter.js";
import { DropReason } from "./letter.values.js";
import { mailOf } from "./letter.words.js";

/** One letter to be sent: its key tells it from all others of its kind. */
export interface NewLetter<Data extends object> {
  personId: string;
  key: string;
  /** Ids that the letter is composed from; never personal data. */
  data: Data;
}

interface LetterJob {
  kind: string;
  key: string;
  data: object;
}

const letters = queue<LetterJob>("letters", deliver, { concurrency: 5 });

/**
 * Has letters sent once this transaction has committed. One whose key was used before is not sent again, unless it was
 * not sent because it was past: it is true again.
 */
export async function sendLetter<Data extends object>(
  tx: Transaction,
  { name: kind }: LetterKind<Data>,
  wanted: NewLetter<Data>[],
): Promise<void> {
  const added: { key: string }[] = await tx.db.query(
    `INSERT INTO letters (kind, key, person_id, queued_at)
     SELECT $1, key, "personId", $2 FROM jsonb_to_recordset($3::jsonb) AS l(key text, "personId" uuid) ORDER BY key
     ON CONFLICT (kind, key) DO UPDATE SET dropped = NULL, queued_at = excluded.queued_at
       WHERE letters.dropped = 'PAST' RETURNING key`,
    [kind, tx.now(), JSON.stringify(wanted.map(({ key, personId }) => ({ key, personId })))],
  );
  const dataOf = new Map(wanted.map(({ key, data }) => [key, data]));
  await enqueue(
    tx,
    letters,
    added.map(({ key }) => ({ kind, key, data: dataOf.get(key)! })),
  );
}

/**
 * Composes and sends a letter, and notes it in the same transaction: killed between the two it is sent again, otherwise
 * never. Nothing can make the transaction start over once the mail is out: only its own row is left to write.
 */
async function deliver(services: Services, job: LetterJob): Promise<void> {
  const system = systemContext(services);
  await transact(system, "sendLetter", async (tx) => {
    const row = await take(tx, job);
    if (!row || row.sentAt || row.dropped) return;
    const kind = kindNamed(job.kind);
    const words = await compose(system, kind, row.personId, job.data);
    const dropped = await reasonToDrop(tx, kind, row, words);
    if (dropped || !words) return note(tx, row, { dropped });
    const afterSeconds = await secondsToWait(tx, kind, row.personId);
    if (afterSeconds > 0) return enqueue(tx, letters, [job], { afterSeconds });
    const refused = await send(tx, mailOf(tx, row, words, await emailOf(tx, row.personId)));
    await note(tx, row, refused ? { dropped: DropReason.REFUSED } : { sentAt: tx.now() });
  });
}

/** Whether the mail is refused for good: to send it again would come to the same. */
const send = ({ mailer }: Context, mail: Mail): Promise<boolean> =>
  mailer.send(mail).then(
    () => false,
    (error: unknown) => {
      if (error instanceof AddressRefused) return true;
      throw error;
    },
  );

/**
 * The letter, for this transaction only; others to the same person wait. An advisory lock, not a row lock: that would
 * take a transaction id, and the change log would be held back for everybody while a mail server thinks.
 */
async function take(tx: Transaction, { kind, key }: LetterJob): Promise<QueuedLetter | null> {
  await tx.db.query(
    `SELECT pg_advisory_xact_lock(hashtextextended('letters:' || person_id, 0)) FROM letters WHERE kind = $1 AND key = $2`,
    [kind, key],
  );
  return tx.db.findOneBy(QueuedLetter, { kind, key });
}

/** The words as they would be now, read with the rights of the recipient. */
async function compose(system: Context, kind: LetterKind, personId: string, data: object): Promise<Letter | null> {
  const viewer = await system.viewerOfPerson(personId);
  return viewer && kind.compose({ ...system, viewer, loaders: new Map() }, { personId }, data);
}

async function reasonToDrop(
  tx: Transaction,
  { essential }: LetterKind,
  { personId }: QueuedLetter,
  words: Letter | null,
): Promise<DropReason | null> {
  if (!words) return DropReason.PAST;
  return !essential && (await isStopped(tx, personId, words.about)) ? DropReason.STOPPED : null;
}

async function note(
  tx: Transaction,
  { kind, key }: QueuedLetter,
  end: Partial<Pick<QueuedLetter, "sentAt" | "dropped">>,
): Promise<void> {
  await tx.db.update(QueuedLetter, { kind, key }, end);
}
