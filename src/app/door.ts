import { randomUUID } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import proxyAddr from "@fastify/proxy-addr";
import type { FastifyReply, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import type { Services } from "../platform/context.js";
import type { Answers, Asked, Named, Told } from "../platform/http/answers.js";
import { type Bill, billHeaders } from "../platform/limits/rates.js";
import { stranger } from "./caller.js";
import type { Readiness } from "./health.js";
import { trusted } from "./proxies.js";

const mostBytes = 8 * 1024 * 1024;
/** What an address takes beside its text. */
const bytesBeside = 500;
/** Headers that are of one call, not of the address that is asked for. */
const ofOneCall = new Set(["x-request-id", "connection", "ratelimit", "ratelimit-policy", "retry-after"]);

/** What a route has found out of an address: which answer it has, at which price, under which headers. */
interface Way extends Named {
  price: number;
  headers: OutgoingHttpHeaders;
}

/**
 * Stands before the routes, and answers what one of them has answered already as long as it is held: finding the route and
 * its hooks anew costs several times what the answer does. Whatever is not as usual goes on to the routes.
 */
export class Door {
  readonly #ways = new LRUCache<string, Way>({ maxSize: mostBytes });
  readonly #isProxy;

  constructor(
    private readonly services: Pick<Services, "config" | "rates">,
    private readonly answers: Answers,
    private readonly readiness: Readiness,
  ) {
    this.#isProxy = trusted(services.config);
  }

  /** Answers for a route; whoever asks for this address next, and does not say who they are, need not come as far. */
  async reply(request: FastifyRequest, reply: FastifyReply, asked: Asked & { price: number }): Promise<FastifyReply> {
    const headers = headersOf(reply);
    const { key, type, price } = asked;
    const replied = await this.answers.reply(request, reply, asked);
    this.#ways.set(request.url, { key, type, price, headers }, { size: request.url.length * 2 + bytesBeside });
    return replied;
  }

  /** Whether the request is answered. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    const way = isUsual(request) ? this.#ways.get(request.url!) : undefined;
    const told = way && this.answers.held(way, request.headers);
    if (!told) return false;
    // Who has too few points left is charged nothing here, and told so by the route.
    const bill = this.services.rates.charge(stranger(this.#addressOf(request)).caller, way.price);
    if (bill && bill.waitSeconds > 0) return false;
    this.#write(response, way, told, bill);
    return true;
  }

  #write(response: ServerResponse, way: Way, { status, headers, body }: Told, bill: Bill | null): void {
    const all: OutgoingHttpHeaders = { ...way.headers, "x-request-id": randomUUID(), ...headers };
    if (bill) Object.assign(all, billHeaders(bill));
    if (this.readiness.stopping) all["connection"] = "close";
    if (body) all["content-length"] = body.length;
    response.writeHead(status, all).end(body);
  }

  #addressOf(request: IncomingMessage): string {
    return this.services.config.trustProxy > 0
      ? proxyAddr(request, this.#isProxy)
      : (request.socket.remoteAddress ?? "");
  }
}

function headersOf(reply: FastifyReply): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(reply.getHeaders())) if (!ofOneCall.has(name)) headers[name] = value;
  return headers;
}

/** Who says who they are may have a bucket of their own, or be refused; and nobody sends a text to have one. */
const isUsual = ({ method, headers }: IncomingMessage): boolean =>
  method === "GET" &&
  headers.authorization === undefined &&
  headers["content-length"] === undefined &&
  headers["transfer-encoding"] === undefined;
