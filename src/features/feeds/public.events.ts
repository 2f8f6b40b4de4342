import { createHash } from "node:crypto";
import type { Services } from "../../platform/context.js";
import { formatPosition, parsePosition } from "../../platform/changes/position.js";
import { reaches, readBounds } from "../../platform/changes/store.js";
import { newestPublicChange, type PublicChange, publicChangesSince, type Seen } from "./public.changes.js";

/** Long enough that thousands of readers a second cost few looks, short enough that nobody is told what is a second old. */
const lookEveryMs = 250;

/** Hears which events are, or were, public and have changed; `null`: more than is known, everything must be read again. */
type Listener = (eventIds: string[] | null) => void;

/**
 * What everybody may see, as a node knows it: whoever holds a copy of it asks here before showing it. Reads the log when it
 * is asked, so that a copy is never shown that a change has made wrong for longer than {@link lookEveryMs}.
 */
export class PublicEvents {
  readonly #listeners = new Set<Listener>();
  #seen: Seen | undefined;
  #settledAt = "";
  #version = "";
  #position = "";
  /** Changes that are told before they are settled; they are told again. */
  #early: string[] = [];
  #lookedAt = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;
  #changedAt: Date;

  constructor(private readonly services: Pick<Services, "pool" | "now">) {
    this.#changedAt = services.now();
  }

  /** A name for what everybody may see now: the same on every node that has read as far. */
  get version(): string {
    return this.#version;
  }

  /**
   * Where whoever reads what everybody may see from now on goes on with the log. It stays where the newest public change is,
   * as long as the log reaches back there: what is said with it does not differ for changes that are not public.
   */
  get position(): string {
    return this.#position;
  }

  /** When this node learnt of the newest change. */
  get changedAt(): Date {
    return this.#changedAt;
  }

  /** Calls the listener with each change until the returned function is called. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  get isSettled(): boolean {
    return performance.now() - this.#lookedAt < lookEveryMs;
  }

  /** Resolves once everything is known that was in the log a moment ago. */
  async settled(): Promise<void> {
    if (this.isSettled) return;
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    await this.#looking;
  }

  async #look(): Promise<void> {
    const started = performance.now();
    const { pool } = this.services;
    const bounds = await readBounds(pool);
    const seen = this.#seen;
    const known = seen && reaches(bounds, { epoch: seen.epoch, xid: BigInt(seen.xid), id: BigInt(seen.id) });
    const since = known && (await publicChangesSince(pool, seen));
    if (since) this.#take(since);
    else {
      const newest = await newestPublicChange(pool);
      const { epoch, xid, id } = bounds.head;
      // Only now: had that failed, what lies in between would be told to nobody.
      this.#seen = { epoch, xid: xid.toString(), id: id.toString() };
      this.#settledAt = newest?.place ?? "";
      this.#tell(null);
    }
    this.#goOn(bounds);
    // Many may be early, and each held answer says of which version it is.
    this.#version = [this.#settledAt, digestOf(this.#early)].join("+");
    this.#lookedAt = started;
  }

  #take({ changes, seen }: { changes: PublicChange[]; seen: Seen }): void {
    this.#seen = seen;
    const told = new Set(this.#early);
    const fresh = changes.filter(({ place }) => !told.has(place));
    this.#early = [...new Set(changes.filter(({ settled }) => !settled).map(({ place }) => place))];
    this.#settledAt = changes.findLast(({ settled }) => settled)?.place ?? this.#settledAt;
    if (fresh.length > 0) this.#tell([...new Set(fresh.map(({ eventId }) => eventId).filter((id) => id !== null))]);
  }

  #goOn({ floor, head }: Bounds): void {
    const end = formatPosition(head);
    const newest = this.#settledAt && end.slice(0, -this.#settledAt.length) + this.#settledAt;
    const reached = (at: string): boolean => at !== "" && reaches({ floor, head }, parsePosition(at, "position"));
    this.#position = [newest, this.#position].find(reached) ?? end;
  }

  #tell(eventIds: string[] | null): void {
    this.#changedAt = this.services.now();
    for (const listener of this.#listeners) listener(eventIds);
  }
}

const digestOf = (places: string[]): string =>
  places.length === 0 ? "" : createHash("sha256").update(places.join()).digest("base64url");

type Bounds = Awaited<ReturnType<typeof readBounds>>;
