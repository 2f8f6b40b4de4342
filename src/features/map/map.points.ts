import { LRUCache } from "lru-cache";
import type { Context } from "../../platform/context.js";
import { Refusal } from "../../platform/errors.js";
import { costOfFilter, type EventFilter } from "../events/index.js";
import type { PublicEvents } from "../feeds/index.js";
import { HeldPoints } from "./held.points.js";
import type { Points } from "./points.js";

const mostFilters = 200;
/** All filters together, beside the map of all events; a point takes about 200 bytes. */
const mostPoints = 200_000;
/** Points of rates: of a filter that is read for the first time, and how many of its events cost one more. */
const price = { filter: 200, eventsAPoint: 10 };
/** What no change in the log tells of is shown no later than this. */
const oldestMs = 10 * 60_000;
/** And what was made of them, so much later. */
const trustedMs = 60_000;
/** So many are read at a time, each of which holds a connection to the database, and so many wait for that. */
const mostReading = 4;
const mostWaiting = 200;

/** Points, and until when they are right unless the log tells of a change. */
interface AtHand {
  points: Points;
  until: Date;
}

/** The points of the map, by filter. */
export class MapPoints {
  readonly #held = new LRUCache<string, HeldPoints>({
    max: mostFilters,
    maxSize: mostPoints,
    dispose: (held) => held.stop(),
    sizeCalculation: ({ size }, key) => Math.min(mostPoints, size + key.length + 100),
  });
  /** Of no filter: what most maps show is not given up for what one reader makes up, nor does it wait behind that. */
  #all: HeldPoints | undefined;
  readonly #making = new Map<string, Promise<HeldPoints>>();
  readonly #line: (() => void)[] = [];
  #reading = 0;

  constructor(private readonly publicEvents: PublicEvents) {}

  /** The points of a filter, without those of its boxes: not older than what the log told a moment ago. */
  async of(ctx: Context, filter: EventFilter = {}): Promise<Points> {
    await this.publicEvents.settled();
    const key = keyOf(filter);
    const held = key === noFilter ? this.#all : this.#held.get(key);
    if (!held) return (await this.#first(ctx, key, filter)).now(ctx);
    // Nobody waits for what is only made anew to be sure.
    if (performance.now() - held.madeAt > oldestMs && this.#reading < mostReading)
      this.#make(ctx, key, filter).catch(() => undefined);
    return held.now(ctx);
  }

  /** The points of no filter, where nobody has to wait for them. */
  allAtHand(now: Date): AtHand | undefined {
    const held = this.#all;
    if (!held || !this.publicEvents.isSettled || performance.now() - held.madeAt > oldestMs) return undefined;
    const points = held.atHand(now.getTime());
    return points && { points, until: new Date(Math.min(held.changesAt, now.getTime() + trustedMs)) };
  }

  /** Whoever makes up filters pays for what is read for each. */
  async #first(ctx: Context, key: string, filter: EventFilter): Promise<HeldPoints> {
    const isShared = this.#making.has(key);
    const held = await this.#make(ctx, key, filter);
    if (key !== noFilter && !isShared)
      ctx.owe(price.filter + costOfFilter(filter) + Math.ceil(held.size / price.eventsAPoint));
    return held;
  }

  #make(ctx: Context, key: string, filter: EventFilter): Promise<HeldPoints> {
    const making = this.#making.get(key) ?? this.#read(ctx, key, filter).finally(() => this.#making.delete(key));
    this.#making.set(key, making);
    return making;
  }

  async #read(ctx: Context, key: string, filter: EventFilter): Promise<HeldPoints> {
    if (key !== noFilter) await this.#turn();
    // It listens before it reads: nothing may be missed in between.
    const held = new HeldPoints(filter, this.publicEvents);
    try {
      await held.now(ctx);
      this.#hold(key, held);
      return held;
    } catch (error) {
      held.stop();
      throw error;
    } finally {
      if (key !== noFilter) this.#next();
    }
  }

  #hold(key: string, held: HeldPoints): void {
    if (key !== noFilter) return void this.#held.set(key, held);
    this.#all?.stop();
    this.#all = held;
  }

  /** Resolves when the next may be read. */
  async #turn(): Promise<void> {
    if (this.#line.length >= mostWaiting)
      throw new Refusal(
        "TEMPORARILY_UNAVAILABLE",
        "Many maps are drawn for the first time now; try again in some seconds.",
        {
          retryable: true,
        },
      );
    while (this.#reading >= mostReading) await new Promise<void>((resolve) => this.#line.push(resolve));
    this.#reading++;
  }

  #next(): void {
    this.#reading--;
    this.#line.shift()?.();
  }
}

/** The same for filters that mean the same, as far as that is seen from their form. */
function keyOf(filter: EventFilter): string {
  const given = Object.entries(filter).filter(([, value]) => (value ?? null) !== null);
  const entries = given.map(([name, value]: [string, unknown]) => [
    name,
    Array.isArray(value) ? value.map(String).sort() : value,
  ]);
  return JSON.stringify(entries.sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)));
}

const noFilter = keyOf({});

const ofProcess = new WeakMap<object, MapPoints>();

/** Gives a node's requests their points. */
export const openMap = ({ changes }: Pick<Context, "changes">, publicEvents: PublicEvents): void =>
  void ofProcess.set(changes, new MapPoints(publicEvents));

/** The points of a filter on this node. */
export const pointsOf = (ctx: Context, filter: EventFilter | undefined): Promise<Points> => mapOf(ctx).of(ctx, filter);

/** Those of all events, where nobody has to wait for them. */
export const pointsAtHand = (services: Pick<Context, "changes" | "now">): AtHand | undefined =>
  mapOf(services).allAtHand(services.now());

function mapOf({ changes }: Pick<Context, "changes">): MapPoints {
  const points = ofProcess.get(changes);
  if (!points) throw new Error("This node has no map: openMap first.");
  return points;
}
