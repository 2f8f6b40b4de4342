import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import proxyAddr from "@fastify/proxy-addr";
import type { FastifyReply, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import type { Services } from "../platform/context.js";
import type { Head, Told } from "../platform/http/answer.js";
import type { Answers, Asked, AskedAtOnce } from "../platform/http/answers.js";
import { type Bill, billHeaders, type Caller } from "../platform/limits/rates.js";
import { stranger } from "./caller.js";
import type { Readiness } from "./health.js";
import { trusted } from "./proxies.js";

const mostBytes = 8 * 1024 * 1024;
/** What an address takes beside its text. */
const bytesBeside = 500;
/** Headers that are of one call, not of the address that is asked for. */
const ofOneCall = new Set(["x-request-id", "connection", "ratelimit", "ratelimit-policy", "retry-after"]);

/** What an address is found to ask, and its price. */
export type Priced<T> = T & { price: number };

/** What a route has found out of an address: which answer it has, at which price, under which headers. */
interface Way extends Priced<{ key: string }> {
  head: Head;
  /** How it is made where it is not held: only for what nobody has to wait for. */
  atOnce: AskedAtOnce | undefined;
}

/** A route, and what is made of its addresses without it. */
interface Known {
  read: (url: string) => Priced<AskedAtOnce> | undefined;
  /** What the route says above all its answers, once it has answered. */
  head: Head | undefined;
}

/**
 * Stands before the routes, and answers what one of them has answered already as long as it is held: finding the route and
 * its hooks anew costs several times what the answer does. Whatever is not as usual goes on to the routes.
 */
export class Door {
  readonly #ways = new LRUCache<string, Way>({ maxSize: mostBytes });
  readonly #known = new Map<string, Known>();
  readonly #isProxy;

  constructor(
    private readonly services: Pick<Services, "config" | "rates">,
    private readonly answers: Answers,
    private readonly readiness: Readiness,
  ) {
    this.#isProxy = trusted(services.config);
  }

  /** From its first answer on, addresses of this route that are read so are answered here, also for the first time. */
  know(route: string, read: Known["read"]): void {
    this.#known.set(route, { read, head: undefined });
  }

  /** Answers for a route; whoever asks for this address next, and does not say who they are, need not come as far. */
  async reply(request: FastifyRequest, reply: FastifyReply, asked: Priced<Asked>): Promise<FastifyReply> {
    const head = headOf(reply);
    const { key, price } = asked;
    const replied = await this.answers.reply(request, reply, asked);
    const known = this.#known.get(request.routeOptions.url!);
    if (known) known.head = head;
    this.#keep(request.url, { key, price, head, atOnce: known?.read(request.url) });
    return replied;
  }

  /** Whether the request is answered. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    const way = isUsual(request) ? this.#wayOf(request.url!) : undefined;
    if (!way) return false;
    const { caller } = stranger(this.#addressOf(request));
    const told = this.answers.held(way.key, request.headers) ?? this.#made(way, request, caller);
    if (!told) return false;
    // Who has too few points left is charged nothing here, and told so by the route.
    const bill = this.services.rates.charge(caller, way.price);
    if (bill && bill.waitSeconds > 0) return false;
    this.#write(response, way, told, bill);
    return true;
  }

  #made({ atOnce }: Way, { headers }: IncomingMessage, caller: Caller): Told | undefined {
    return atOnce && !this.services.rates.isEmpty(caller) ? this.answers.atOnce(atOnce, headers) : undefined;
  }

  #wayOf(url: string): Way | undefined {
    const way = this.#ways.get(url);
    if (way) return way;
    for (const { read, head } of this.#known.values()) {
      const asked = head && read(url);
      if (asked) return this.#keep(url, { key: asked.key, price: asked.price, head, atOnce: asked });
    }
    return undefined;
  }

  #keep(url: string, way: Way): Way {
    this.#ways.set(url, way, { size: url.length * 2 + bytesBeside });
    return way;
  }

  #write(response: ServerResponse, way: Way, { status, head, body }: Told, bill: Bill | null): void {
    const whole = [...way.head, ...head, "x-request-id", randomUUID()];
    if (bill) for (const [name, value] of Object.entries(billHeaders(bill))) whole.push(name, value);
    if (this.readiness.stopping) whole.push("connection", "close");
    if (body) whole.push("content-length", String(body.length));
    response.writeHead(status, whole).end(body);
  }

  #addressOf(request: IncomingMessage): string {
    return this.services.config.trustProxy > 0
      ? proxyAddr(request, this.#isProxy)
      : (request.socket.remoteAddress ?? "");
  }
}

const headOf = (reply: FastifyReply): Head =>
  Object.entries(reply.getHeaders()).flatMap(([name, value]) => (ofOneCall.has(name) ? [] : [name, String(value)]));

/** Who says who they are may have a bucket of their own, or be refused; and nobody sends a text to have one. */
const isUsual = ({ method, headers }: IncomingMessage): boolean =>
  method === "GET" &&
  headers.authorization === undefined &&
  headers["content-length"] === undefined &&
  headers["transfer-encoding"] === undefined;
