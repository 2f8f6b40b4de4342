import type { FastifyReply, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import type { Services } from "../platform/context.js";
import type { Admitted } from "../platform/limits/query.js";
import { billHeaders, costOf, priceOf } from "../platform/limits/rates.js";
import type { Metrics } from "../platform/metrics.js";
import { bytesWith, questionOf } from "../platform/reading/through.js";
import { stranger } from "./caller.js";
import { note, type Operation, operationOf } from "./graphql.log.js";

const mostBytes = 8 * 1024 * 1024;
/** What a request takes beside its text. */
const bytesBeside = 300;
/** To look a longer text up would take long, too. */
const longest = 10_000;

/** What a request was found to ask. */
interface Found {
  /** What the answer is held by. */
  question: string;
  operation: Operation;
  price: number;
  /** The media type in which this reader likes the answer. */
  type: string;
}

/** Requests of nobody in particular that have been answered: who sends the same again gets what is held, without Apollo. */
export class Repeated {
  readonly #found = new LRUCache<string, Found>({ maxSize: mostBytes });

  constructor(
    private readonly services: Services,
    private readonly metrics: Metrics,
  ) {}

  /** The answer, where it is held; else the request is as if nobody had looked at it. */
  answer(request: FastifyRequest, reply: FastifyReply): Buffer | undefined {
    const started = performance.now();
    const found = isUsual(request) ? this.#found.get(keyOf(request)) : undefined;
    const data = found && this.services.reads.held(found.question);
    if (!data) return undefined;
    const { operation, price, type } = found;
    // Who has too few points left is charged nothing here, and told so by Apollo.
    const bill = this.services.rates.charge(stranger(request.ip).caller, price);
    if (bill && bill.waitSeconds > 0) return undefined;
    if (bill) void reply.headers(billHeaders(bill));
    void reply.header("content-type", type);
    note({ log: this.services.log, metrics: this.metrics }, request.id, started, { operation, code: undefined });
    return bytesWith(data, bill ? { cost: costOf(bill) } : undefined);
  }

  /** Keeps what Apollo has found out of a request whose answer is held now. */
  learn(request: FastifyRequest, reply: FastifyReply, admitted: Admitted | undefined): void {
    if (!admitted || reply.statusCode !== 200 || !isUsual(request)) return;
    const question = questionOf(admitted);
    if (!this.services.reads.holds(question)) return;
    const price = priceOf({ ...admitted, unread: 0 });
    const found = { question, price, operation: operationOf(admitted), type: String(reply.getHeader("content-type")) };
    const key = keyOf(request);
    this.#found.set(key, found, { size: key.length + question.length + bytesBeside });
  }
}

const isUsual = ({ method, headers }: FastifyRequest): boolean =>
  method === "POST" && headers.authorization === undefined && Number(headers["content-length"]) <= longest;

const keyOf = ({ headers, body }: FastifyRequest): string => JSON.stringify([headers.accept, body]);
