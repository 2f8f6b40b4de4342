import type { IncomingHttpHeaders } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import { Answer, type Told } from "./answer.js";

const mostBytes = 64 * 1024 * 1024;
/** What no change in the log tells of, as a new name of an organization, is shown no later than this. */
const usualAgeMs = 5_000;
/** What an answer takes beside its text and key, also one without a text. */
const bytesBeside = 1_000;

/** What answers are made of: something that many read, that has a version, and that knows when it is new. */
export interface Watched {
  /** Resolves once everything is known that changed up to a moment ago. */
  settled(): Promise<void>;
  /** Whether there is nothing to wait for. */
  readonly isSettled: boolean;
  readonly version: string;
  readonly changedAt: Date;
}

/** Which answer is asked for. */
interface Named {
  /** What tells this answer from others: the same key, the same answer. */
  key: string;
  /** Its media type. */
  type: string;
}

export interface Asked extends Named {
  make: () => Promise<string | Buffer | Made>;
}

/** One that nobody has to wait for; undefined where somebody would. */
export interface AskedAtOnce extends Named {
  make: () => Made | undefined;
}

/** An answer with what its head says of this text alone. */
interface Made {
  body: string | Buffer;
  headers?: Record<string, string>;
  /** When it is another one by the clock alone, where nothing changes but that and what the log tells of. */
  until?: Date;
}

interface Held {
  version: string;
  madeAt: number;
  until: Date | undefined;
  answer: Answer;
}

/** Answers that everybody gets alike, held in memory until what they are made of has changed: never for a signed-in reader. */
export class Answers {
  readonly #held = new LRUCache<string, Held>({ maxSize: mostBytes });
  readonly #making = new Map<string, Promise<Answer>>();

  constructor(
    private readonly watched: Watched,
    private readonly now: () => Date,
    private readonly ageMs = usualAgeMs,
  ) {}

  /** Answers with the text, or says that the reader has it already. */
  async reply(request: FastifyRequest, reply: FastifyReply, asked: Asked): Promise<FastifyReply> {
    await this.watched.settled();
    const answer = this.#current(asked.key) ?? (await this.#get(asked));
    const { status, head, body } =
      answer.told(request.headers, this.now()) ?? (await answer.encoded(request.headers, this.now()));
    for (let n = 0; n < head.length; n += 2) void reply.header(head[n]!, head[n + 1]);
    return reply.code(status).send(body);
  }

  /** What this reader is told, where that is at hand and true. */
  held(key: string, asking: IncomingHttpHeaders): Told | undefined {
    return this.watched.isSettled ? this.#current(key)?.told(asking, this.now()) : undefined;
  }

  /** The same, made on the spot. */
  atOnce({ key, type, make }: AskedAtOnce, asking: IncomingHttpHeaders): Told | undefined {
    const { version, isSettled } = this.watched;
    if (!isSettled || this.#current(key)) return undefined;
    const madeAt = performance.now();
    const made = make();
    return made && this.#hold({ key, type, version, madeAt }, made).told(asking, this.now());
  }

  #current(key: string): Answer | undefined {
    const held = this.#held.get(key);
    if (held?.version !== this.watched.version) return undefined;
    const isTrue = held.until ? this.now() < held.until : performance.now() - held.madeAt < this.ageMs;
    return isTrue ? held.answer : undefined;
  }

  /** Who asks while it is made waits for the same one, unless that was begun before the last change. */
  #get(asked: Asked): Promise<Answer> {
    const { version } = this.watched;
    const name = `${version} ${asked.key}`;
    const making = this.#making.get(name) ?? this.#make(asked, version).finally(() => this.#making.delete(name));
    this.#making.set(name, making);
    return making;
  }

  async #make({ key, type, make }: Asked, version: string): Promise<Answer> {
    const madeAt = performance.now();
    const made = await make();
    return this.#hold(
      { key, type, version, madeAt },
      typeof made === "object" && "body" in made ? made : { body: made },
    );
  }

  #hold({ key, type, ...when }: Named & Pick<Held, "version" | "madeAt">, made: Made): Answer {
    const body = typeof made.body === "string" ? Buffer.from(made.body) : made.body;
    const text = { type, body, headers: made.headers ?? {} };
    const before = this.#held.peek(key)?.answer;
    // What is the same text again keeps what was made of it.
    const answer = before?.is(text) ? before : new Answer(text, before ? this.now() : this.watched.changedAt);
    // With its compressed forms it may come to twice that.
    const size = body.length * 2 + key.length * 2 + bytesBeside;
    this.#held.set(key, { ...when, until: made.until, answer }, { size });
    return answer;
  }
}
