import { once } from "node:events";
import { pipeline, type Readable, type Transform } from "node:stream";
import { constants, createBrotliCompress, createGzip } from "node:zlib";
import { negotiate } from "@fastify/accept-negotiator";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Services } from "../context.js";
import { Refusal } from "../errors.js";
import { maskError } from "../graphql/mask.js";
import { networkOf } from "../limits/address.js";
import { streamOf } from "./stream.js";

const compressors: Record<string, () => Transform> = {
  gzip: () => createGzip({ level: 5 }),
  br: () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
};

/** However slowly a reader takes one part after the other: so long it holds a connection, and no longer. */
const longestMs = 10 * 60_000;

/**
 * The long texts that a node sends. Each holds a connection to the database for as long as its reader takes: few at once,
 * and of those one caller has no more than half.
 */
export class Streams {
  readonly #running = new Map<Readable, string>();

  constructor(private readonly most: number) {}

  /** The text, once it has begun; until then whatever goes wrong is an answer. */
  async open(address: string, parts: () => AsyncGenerator<string>): Promise<Readable> {
    const caller = networkOf(address);
    const theirs = [...this.#running.values()].filter((one) => one === caller).length;
    if (this.#running.size >= this.most || theirs >= Math.ceil(this.most / 2))
      throw new Refusal("TEMPORARILY_UNAVAILABLE", "Many read this now; try again in some seconds.", {
        retryable: true,
      });
    const text = streamOf(parts());
    this.#running.set(text, caller);
    const end = setTimeout(() => text.destroy(new Refusal("TEMPORARILY_UNAVAILABLE", "It takes too long.")), longestMs);
    text.once("close", () => {
      clearTimeout(end);
      this.#running.delete(text);
    });
    await once(text, "readable");
    return text;
  }

  /** Breaks off all that are on their way. */
  stop(): void {
    for (const text of this.#running.keys()) text.destroy(new Refusal("TEMPORARILY_UNAVAILABLE", "This node stops."));
  }
}

/** What is to be sent: the text, or nothing where only the head is asked for. */
interface Sent {
  services: Services;
  request: FastifyRequest;
  reply: FastifyReply;
  text: Readable;
}

/** Sends a text as it comes. */
export function sendStream({ services, request, reply, text }: Sent): FastifyReply {
  text.once("error", (error) => cut(services, error, request, reply));
  if (request.method === "HEAD") text.destroy();
  return reply.send(text);
}

/** Sends a text as it comes, compressed as the reader takes it. */
export function sendCompressed({ text, ...sent }: Sent): FastifyReply {
  const accepted = sent.request.headers["accept-encoding"];
  const compress = compressors[(accepted && negotiate(accepted, ["br", "gzip", "identity"])) || "identity"];
  void sent.reply.header("vary", "accept-encoding");
  if (!compress) return sendStream({ ...sent, text });
  void sent.reply.header("content-encoding", compress === compressors["br"] ? "br" : "gzip");
  // Whatever ends either of them ends both; what went wrong is told by the error of what is sent.
  return sendStream({ ...sent, text: pipeline(text, compress(), () => undefined) });
}

/** A text that breaks off must not look like a whole one: a reader without chunks (HTTP/1.0) only notices a reset. */
function cut({ log }: Services, error: Error, { id }: FastifyRequest, { raw }: FastifyReply): void {
  maskError(error, log, id);
  raw.socket?.resetAndDestroy();
}
