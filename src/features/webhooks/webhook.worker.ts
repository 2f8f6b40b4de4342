import { setTimeout as wait } from "node:timers/promises";
import type { Services } from "../../platform/context.js";
import { Webhook } from "./webhook.js";
import { webhookRoom } from "./webhook.changes.js";
import { makeDeliveries, type Turn } from "./webhook.make.js";
import { Rest } from "./webhook.rest.js";
import { Sender } from "./webhook.sender.js";
import { WebhookState } from "./webhook.values.js";

/** Each turn takes two database connections. */
const turnsAtOnce = 3;
/** What changes within it is told by one turn. */
const pauseMs = 50;
const laterMs = 1_000;
/** Where nothing happens positions must follow the log too, or it would forget what lies behind them. */
const allEveryMs = 10 * 60_000;

/** Makes and sends the messages of webhooks on this node; each node does, and they take turns. */
export class WebhookWorker {
  readonly #services: Services;
  readonly #sender: Sender;
  readonly #rest = new Rest();
  readonly #waiting = new Set<string>();
  readonly #making = new Set<string>();
  /** The rooms that are followed for a webhook, and how to leave them. */
  readonly #seats = new Map<string, { rooms: string; leave: () => void }>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #leave: () => void = () => undefined;
  #stopped = false;
  #running: Promise<unknown> | undefined;

  constructor(services: Services) {
    this.#services = services;
    this.#sender = new Sender(services);
  }

  async start(): Promise<void> {
    this.#leave = this.#services.changes.follow([webhookRoom], ({ subjectId }) => {
      this.#look(subjectId);
      this.#sender.wake();
    });
    await this.#lookAtAll();
    this.#running = Promise.all(Array.from({ length: turnsAtOnce }, () => this.#run()));
    this.#sender.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const { leave } of this.#seats.values()) leave();
    this.#leave();
    for (let n = 0; n < turnsAtOnce; n++) this.#rest.wake();
    await Promise.all([this.#running, this.#sender.stop()]);
  }

  #look(id: string): void {
    this.#waiting.add(id);
    this.#rest.wake();
  }

  #after(ms: number, call: () => void): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      call();
    }, ms);
    this.#timers.add(timer);
  }

  async #lookAtAll(): Promise<void> {
    const { db, log } = this.#services;
    try {
      const all = await db.find(Webhook, { select: { id: true }, where: { state: WebhookState.ACTIVE } });
      for (const { id } of all) this.#look(id);
    } catch (error) {
      log.warn({ error }, "webhooks not looked up");
    }
    this.#after(allEveryMs, () => void this.#lookAtAll());
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const id = [...this.#waiting].find((one) => !this.#making.has(one));
      if (id === undefined) await this.#rest.for(laterMs);
      else await this.#turn(id);
    }
  }

  async #turn(id: string): Promise<void> {
    this.#waiting.delete(id);
    this.#making.add(id);
    const turn = await this.#make(id);
    if (turn === "off") this.#unseat(id);
    if (turn === "later") this.#after(laterMs, () => this.#look(id));
    if (turn === "more") this.#waiting.add(id);
    if (turn === "done" || turn === "more") this.#sender.wake();
    await wait(pauseMs);
    this.#making.delete(id);
    if (this.#waiting.size > 0) this.#rest.wake();
  }

  async #make(id: string): Promise<Turn> {
    try {
      return await makeDeliveries(this.#services, id, (rooms) => this.#seat(id, rooms));
    } catch (error) {
      this.#services.log.warn({ error, webhook: id }, "webhook messages not made; they will be");
      return "later";
    }
  }

  #seat(id: string, rooms: string[]): void {
    const known = rooms.join();
    if (this.#stopped || this.#seats.get(id)?.rooms === known) return;
    this.#unseat(id);
    const leave = this.#services.changes.follow(rooms, () => this.#look(id));
    this.#seats.set(id, { rooms: known, leave });
  }

  #unseat(id: string): void {
    this.#seats.get(id)?.leave();
    this.#seats.delete(id);
  }
}
