import { setTimeout as wait } from "node:timers/promises";
import type { Services } from "../../platform/context.js";
import { claim, type Claimed, type Lane } from "./delivery.claim.js";
import { deliver } from "./delivery.outcome.js";
import { Rest } from "./webhook.rest.js";

const finishWithinMs = 5_000;

/** So many at a time: of receivers who answer, and of those who did not the last time. */
const lanes = [
  { failing: false, size: 48, perWebhook: 4 },
  { failing: true, size: 16, perWebhook: 1 },
];

/** Sends what is due, on this node. */
export class Sender {
  readonly #services: Services;
  readonly #rest = new Rest();
  readonly #sending = lanes.map(() => new Map<string, Claimed>());
  readonly #ends = new Set<Promise<void>>();
  #stopped = false;
  #running: Promise<void> | undefined;

  constructor(services: Services) {
    this.#services = services;
  }

  start(): void {
    this.#running = this.#run();
  }

  wake(): void {
    this.#rest.wake();
  }

  /** What is on its way is let come to its end, but not for ever: what doesn't is sent again by another node. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.wake();
    await this.#running;
    const patience = new AbortController();
    await Promise.race([
      Promise.all(this.#ends),
      wait(finishWithinMs, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
  }

  async #run(): Promise<void> {
    const { config, log } = this.#services;
    while (!this.#stopped) {
      const taken = await this.#take().catch((error: unknown) => {
        log.warn({ error }, "webhook deliveries not looked up");
        return 0;
      });
      if (taken === 0) await this.#rest.for(config.changePollMs);
    }
  }

  async #take(): Promise<number> {
    let taken = 0;
    for (const [index, { failing, size, perWebhook }] of lanes.entries()) {
      const sending = this.#sending[index]!;
      const lane: Lane = { failing, perWebhook, room: size - sending.size, busy: this.#busy() };
      for (const claimed of await claim(this.#services, lane)) {
        this.#begin(sending, claimed);
        taken++;
      }
    }
    return taken;
  }

  #busy(): string[] {
    return [...new Set(this.#sending.flatMap((lane) => [...lane.values()].map(({ webhookId }) => webhookId)))];
  }

  #begin(sending: Map<string, Claimed>, claimed: Claimed): void {
    sending.set(claimed.id, claimed);
    const end = deliver(this.#services, claimed)
      // It stays held for a while, and is sent again then.
      .catch((error: unknown) => this.#services.log.warn({ error }, "the end of a webhook delivery is not noted"))
      .finally(() => {
        sending.delete(claimed.id);
        this.#ends.delete(end);
        this.wake();
      });
    this.#ends.add(end);
  }
}
