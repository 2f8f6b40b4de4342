import type { Context } from "../../platform/context.js";
import type { EventFilter } from "../events/index.js";
import type { PublicEvents } from "../feeds/index.js";
import { Chunk } from "./chunk.js";
import { Points } from "./points.js";
import { PointRows, type Publishing, publishingNow } from "./rows.js";

/** With more changes than this to take in, everything is read again. */
const mostChanges = 5_000;

/** The points of a filter, kept in step with the database when they are asked for. */
export class HeldPoints {
  readonly #rows: PointRows;
  readonly #changed = new Set<string>();
  #points = new Points();
  #publishing: Publishing | undefined;
  #readAgain = true;
  #hasHeard = false;
  #working: Promise<void> | undefined;
  readonly madeAt = performance.now();

  /** Stops listening. */
  readonly stop: () => void;

  constructor(filter: EventFilter, publicEvents: PublicEvents) {
    this.#rows = new PointRows(filter);
    this.stop = publicEvents.onChange((ids) => this.#hear(ids));
  }

  get size(): number {
    return this.#points.size;
  }

  /** Events have changed, or something that the log does not name; null: anything may have. */
  #hear(ids: readonly string[] | null): void {
    this.#hasHeard = true;
    for (const id of ids ?? []) this.#changed.add(id);
    this.#readAgain ||= ids === null || this.#changed.size > mostChanges;
    // Of a filter that nobody asks for, what has changed must not pile up.
    if (this.#readAgain) this.#changed.clear();
  }

  /** The points, where nothing was heard that they do not show. */
  atHand(now: number): Points | undefined {
    return this.#isBehind(now) ? undefined : this.#points;
  }

  /** The points, with all that was heard before. */
  async now(ctx: Context): Promise<Points> {
    while (this.#isBehind(ctx.now().getTime()))
      await (this.#working ??= this.#catchUp(ctx).finally(() => (this.#working = undefined)));
    return this.#points;
  }

  /** The first moment at which something changes by the clock alone. */
  get changesAt(): number {
    return Math.min(this.#points.changesAt, this.#publishing?.changesAt?.getTime() ?? Infinity);
  }

  /** What is being read is not in the points yet: until it is, they are those of before. */
  #isBehind = (now: number): boolean =>
    this.#working !== undefined || this.#readAgain || this.#hasHeard || this.changesAt <= now;

  async #catchUp(ctx: Context): Promise<void> {
    const ids = [...this.#changed, ...this.#points.changedBy(ctx.now().getTime())];
    const all = this.#readAgain;
    // What is heard meanwhile is taken in next.
    this.#changed.clear();
    this.#hasHeard = this.#readAgain = false;
    try {
      if (all || (await this.#takeIn(ctx, ids))) await this.#build(ctx);
    } catch (error) {
      this.#readAgain ||= all;
      this.#hear(ids);
      throw error;
    }
  }

  /** Takes some events in; true where that is not enough, for campaigns publish otherwise now. */
  async #takeIn(ctx: Context, ids: readonly string[]): Promise<boolean> {
    const publishing = await publishingNow(ctx);
    if (publishing.publishing !== this.#publishing?.publishing) return true;
    this.#publishing = publishing;
    if (ids.length > 0) this.#points.update(ids, await this.#rows.some(ctx, ids));
    return false;
  }

  async #build(ctx: Context): Promise<void> {
    const batches: Chunk[] = [];
    const rows = this.#rows.all(ctx);
    let next = await rows.next();
    for (; !next.done; next = await rows.next()) batches.push(new Chunk(next.value));
    this.#points = await Points.build(batches);
    this.#publishing = next.value;
  }
}
