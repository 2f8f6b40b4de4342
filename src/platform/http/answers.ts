import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { negotiate } from "@fastify/accept-negotiator";
import type { FastifyReply, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import { freshAlways, isKnown, lastModified } from "./conditional.js";

const mostBytes = 64 * 1024 * 1024;
/** What no change in the log tells of, as a new name of an organization, is shown no later than this. */
const usualAgeMs = 5_000;
/** What an answer takes beside its text and key, also one without a text. */
const bytesBeside = 1_000;
/** Below this, compressing saves no packet. */
const worthCompressing = 1_000;

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
export interface Named {
  /** What tells this answer from others: the same key, the same answer. */
  key: string;
  /** Its media type. */
  type: string;
}

export interface Asked extends Named {
  make: () => Promise<string | Buffer | Made>;
}

/** An answer with what its head says of this text alone. */
interface Made {
  body: string | Buffer;
  headers: Record<string, string>;
}

interface Held {
  version: string;
  madeAt: number;
  /** Since when it is this text: the clock changes some that nothing in the log does. */
  changedAt: Date;
  etag: string;
  headers: Record<string, string>;
  /** By encoding; those that were asked for. */
  bodies: Record<string, Buffer | Promise<Buffer>>;
}

/** What goes to one reader. */
export interface Told {
  status: 200 | 304;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

const encoders: Record<string, (body: Buffer) => Promise<Buffer>> = {
  gzip: promisify(gzip),
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
};

/** Answers that everybody gets alike, held in memory until what they are made of has changed: never for a signed-in reader. */
export class Answers {
  readonly #held = new LRUCache<string, Held>({ maxSize: mostBytes });
  readonly #making = new Map<string, Promise<Held>>();

  constructor(
    private readonly watched: Watched,
    private readonly now: () => Date,
    private readonly ageMs = usualAgeMs,
  ) {}

  /** Answers with the text, or says that the reader has it already. */
  async reply(request: FastifyRequest, reply: FastifyReply, asked: Asked): Promise<FastifyReply> {
    await this.watched.settled();
    const held = this.#current(asked.key) ?? (await this.#get(asked));
    const { status, headers, body } =
      this.#told(held, asked, request.headers) ?? (await this.#encode(held, asked, request.headers));
    // What CORS says may differ by origin, too.
    const vary = [reply.getHeader("vary"), headers["vary"]].filter(Boolean).join(", ");
    return reply
      .code(status)
      .headers({ ...headers, vary })
      .send(body);
  }

  /** What this reader is told, where that is at hand and true. */
  held(named: Named, asking: IncomingHttpHeaders): Told | undefined {
    const held = this.watched.isSettled ? this.#current(named.key) : undefined;
    return held && this.#told(held, named, asking);
  }

  #current(key: string): Held | undefined {
    const held = this.#held.get(key);
    const isTrue = held?.version === this.watched.version && performance.now() - held.madeAt < this.ageMs;
    return isTrue ? held : undefined;
  }

  /** Who asks while it is made waits for the same one, unless that was begun before the last change. */
  #get(asked: Asked): Promise<Held> {
    const { version } = this.watched;
    const name = `${version} ${asked.key}`;
    const making = this.#making.get(name) ?? this.#make(asked, version).finally(() => this.#making.delete(name));
    this.#making.set(name, making);
    return making;
  }

  async #make({ key, make }: Asked, version: string): Promise<Held> {
    const madeAt = performance.now();
    const made = await make();
    const { body: text, headers } = typeof made === "object" && "body" in made ? made : { body: made, headers: {} };
    const body = typeof text === "string" ? Buffer.from(text) : text;
    const etag = `W/"${hash("sha256", body, "base64url").slice(0, 22)}"`;
    const before = this.#held.peek(key) ?? { etag, changedAt: this.watched.changedAt };
    const changedAt = before.etag === etag ? before.changedAt : this.now();
    const held: Held = { version, madeAt, changedAt, etag, headers, bodies: { identity: body } };
    // With its compressed forms it may come to twice that.
    this.#held.set(key, held, { size: body.length * 2 + key.length * 2 + bytesBeside });
    return held;
  }

  /** Undefined while it is not there in the encoding that the reader likes best. */
  #told({ changedAt, etag, headers, bodies }: Held, { type }: Named, asking: IncomingHttpHeaders): Told | undefined {
    const modified = lastModified(changedAt, this.now());
    const told: Record<string, string> = { ...headers, etag, vary: "accept-encoding", "cache-control": freshAlways };
    if (modified) told["last-modified"] = modified.toUTCString();
    if (isKnown(asking, etag, modified)) return { status: 304, headers: told, body: undefined };
    const encoding = encodingFor(asking, bodies);
    const body = bodies[encoding];
    if (!Buffer.isBuffer(body)) return undefined;
    if (encoding !== "identity") told["content-encoding"] = encoding;
    told["content-type"] = type;
    return { status: 200, headers: told, body };
  }

  async #encode(held: Held, named: Named, asking: IncomingHttpHeaders): Promise<Told> {
    const { bodies } = held;
    const encoding = encodingFor(asking, bodies);
    bodies[encoding] = await (bodies[encoding] ??= encoders[encoding]!(bodies["identity"] as Buffer));
    return this.#told(held, named, asking)!;
  }
}

/** The encoding that a reader likes best. */
function encodingFor({ "accept-encoding": accepted }: IncomingHttpHeaders, { identity }: Held["bodies"]): string {
  if (!accepted || (identity as Buffer).length < worthCompressing) return "identity";
  return negotiate(accepted, ["br", "gzip", "identity"]) || "identity";
}
