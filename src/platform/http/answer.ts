import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { isDeepStrictEqual, promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { negotiate } from "@fastify/accept-negotiator";
import { freshAlways, isKnown, lastModified } from "./conditional.js";

/** Below this, compressing saves no packet. */
const worthCompressing = 1_000;

const encoders: Record<string, (body: Buffer) => Promise<Buffer>> = {
  gzip: promisify(gzip),
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
};

/** Headers as node:http takes them fastest: names and values in turn. */
export type Head = readonly string[];

/** What goes to one reader. */
export interface Told {
  status: 200 | 304;
  head: Head;
  body: Buffer | undefined;
}

/** A text, its media type, and what its head says of it alone. */
export interface Text {
  type: string;
  body: Buffer;
  headers: Record<string, string>;
}

/** One answer, as it is told to each of its readers. */
export class Answer {
  readonly #etag: string;
  /** By encoding; those that were asked for. */
  readonly #bodies: Record<string, Buffer | Promise<Buffer>>;
  /** The same: whole, and from the moment on at which they can say when they changed, for good. */
  readonly #whole: Record<string, Told> = {};
  #modified: Date | undefined;

  /** `changedAt`: since when it is this text, for the clock changes some that nothing in the log does. */
  constructor(
    private readonly text: Text,
    private readonly changedAt: Date,
  ) {
    this.#bodies = { identity: text.body };
    this.#etag = `W/"${hash("sha256", text.body, "base64url").slice(0, 22)}"`;
  }

  /** Whether a text is this one. */
  is({ body, headers }: Text): boolean {
    return this.text.body.equals(body) && isDeepStrictEqual(this.text.headers, headers);
  }

  /** Undefined while it is not there in the encoding that the reader likes best. */
  told(asking: IncomingHttpHeaders, now: Date): Told | undefined {
    this.#modified ??= lastModified(this.changedAt, now);
    if (isKnown(asking, this.#etag, this.#modified)) return { status: 304, head: this.#head(), body: undefined };
    const encoding = this.#encodingFor(asking);
    const body = this.#bodies[encoding];
    if (!Buffer.isBuffer(body)) return undefined;
    const told = this.#whole[encoding] ?? this.#told(encoding, body);
    if (this.#modified) this.#whole[encoding] = told;
    return told;
  }

  /** The same, once it is there. */
  async encoded(asking: IncomingHttpHeaders, now: Date): Promise<Told> {
    const encoding = this.#encodingFor(asking);
    this.#bodies[encoding] = await (this.#bodies[encoding] ??= encoders[encoding]!(this.text.body));
    return this.told(asking, now)!;
  }

  #told(encoding: string, body: Buffer): Told {
    const head = [...this.#head(), "content-type", this.text.type];
    if (encoding !== "identity") head.push("content-encoding", encoding);
    return { status: 200, head, body };
  }

  #head(): string[] {
    const head = Object.entries(this.text.headers).flat();
    head.push("etag", this.#etag, "vary", "accept-encoding", "cache-control", freshAlways);
    if (this.#modified) head.push("last-modified", this.#modified.toUTCString());
    return head;
  }

  /** The encoding that a reader likes best. */
  #encodingFor({ "accept-encoding": accepted }: IncomingHttpHeaders): string {
    if (!accepted || this.text.body.length < worthCompressing) return "identity";
    return negotiate(accepted, ["br", "gzip", "identity"]) || "identity";
  }
}
