import { type ClientRequest, type IncomingMessage, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { isIP } from "node:net";
import { NotPublic, isPublicAddress, publicLookup } from "./address.js";

/** Why there was no answer. */
export type NoAnswer = "ADDRESS" | "TIMEOUT" | "TLS" | "CONNECTION";

/** What came of a request to somebody else's server. */
export interface Answered {
  status: number | null;
  failure: NoAnswer | null;
  milliseconds: number;
  /** The beginning of the answer's body. */
  beginning: string;
  retryAfter: string | undefined;
}

interface Outgoing {
  headers: Record<string, string>;
  body: string;
  /** From the looking up of the name to the end of the answer. */
  timeoutMs: number;
  /** Also to this machine and private networks, and over plain HTTP. */
  allowPrivate: boolean;
}

const readAtMost = 4_096;

/** Posts to an address that somebody else has told us. Follows no redirect, and connects to nothing that is not public. */
export async function postOut(url: URL, outgoing: Outgoing): Promise<Answered> {
  const started = performance.now();
  const ms = (): number => Math.round(performance.now() - started);
  try {
    const response = await answerOf(url, outgoing);
    const beginning = await beginningOf(response);
    const { statusCode, headers } = response;
    return {
      status: statusCode!,
      failure: null,
      milliseconds: ms(),
      beginning,
      retryAfter: headers["retry-after"],
    };
  } catch (error) {
    return { status: null, failure: failureOf(error), milliseconds: ms(), beginning: "", retryAfter: undefined };
  }
}

function answerOf(url: URL, outgoing: Outgoing): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = open(url, outgoing);
    request.on("response", resolve);
    request.on("error", reject);
    // An interim answer that switches protocols is none.
    request.on("upgrade", () => request.destroy(new Error("The protocol was switched.")));
    request.end(outgoing.body);
  });
}

function open(url: URL, { headers, body, timeoutMs, allowPrivate }: Outgoing): ClientRequest {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  // Of a name that is an address already nothing is looked up.
  if (!allowPrivate && (url.protocol !== "https:" || (isIP(host) && !isPublicAddress(host)))) throw new NotPublic();
  const request = url.protocol === "https:" ? overHttps : overHttp;
  return request(url, {
    method: "POST",
    headers: { ...headers, "content-length": String(Buffer.byteLength(body)), "accept-encoding": "identity" },
    // Connections are not kept: each is made to an address that was judged for it.
    agent: false,
    signal: AbortSignal.timeout(timeoutMs),
    maxHeaderSize: 16_384,
    ...(allowPrivate ? {} : { lookup: publicLookup }),
  });
}

/** So much of it as is looked at; an answer that breaks off has been given all the same. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  let read = Buffer.alloc(0);
  try {
    for await (const part of response) {
      read = Buffer.concat([read, part as Buffer]);
      if (read.length >= readAtMost) break;
    }
  } catch {
    // What has come of it has come.
  }
  response.destroy();
  return read.subarray(0, readAtMost).toString();
}

const ofTls = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|EPROTO)/;

function failureOf(error: unknown): NoAnswer {
  if (error instanceof NotPublic) return "ADDRESS";
  const { name, code, errors } = error as { name: string; code?: unknown; errors?: unknown[] };
  // Of several addresses none answered: the first says why.
  if (errors?.[0]) return failureOf(errors[0]);
  if (name === "AbortError" || name === "TimeoutError" || code === "ETIMEDOUT") return "TIMEOUT";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "ADDRESS";
  return ofTls.test(String(code)) ? "TLS" : "CONNECTION";
}
