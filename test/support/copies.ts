import type { Listening } from "./client.js";
import type { Caller } from "./world.js";

const fields = `fragment E on Event { id title version updatedAt review visibility occurrence occurrenceReason startsOn startsAt
  timeZone location { locality latitude longitude } city { name } campaign { id } hosts { organization { id } }
  earlierTimes { startsOn } coverage(first: 5) { nodes { url } } }`;
const pageOf = `query($after: String) { position events(first: 100, after: $after) { nodes { ...E }
  pageInfo { hasNextPage endCursor } } } ${fields}`;
const changesOf = `query($since: String!) { changes(since: $since, first: 100) { position hasMore resync
  changes { topic id kind node { ...E } } } } ${fields}`;
const live = `subscription($after: String) { eventChanged(after: $after) { position kind eventId event { ...E } } } ${fields}`;

export interface Copied {
  id: string;
  [field: string]: unknown;
}

interface Page {
  position: string;
  events: { nodes: Copied[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

/** All events that somebody finds, kept in step as the guide says. */
export class EventCopy {
  readonly events = new Map<string, Copied>();
  /** Every state of an event that was ever told. */
  readonly told: Copied[] = [];
  position = "";
  copies = 0;

  constructor(private readonly reader: () => Caller) {}

  /** Everything, page by page, while others go on writing. */
  async copyAll(): Promise<void> {
    this.copies++;
    this.events.clear();
    this.position = "";
    for (let after: string | null = null; ;) {
      const { position, events }: Page = (await this.reader().run(pageOf, { after })).data;
      // Each page may be of another server: nothing is missed from the one on that knew the least.
      if (this.position === "" || position < this.position) this.position = position;
      for (const event of events.nodes) this.#apply(event.id, event);
      if (!events.pageInfo.hasNextPage) return;
      after = events.pageInfo.endCursor;
    }
  }

  /** What has changed since; a copy of everything where the log no longer has it. */
  async catchUp(): Promise<void> {
    for (let more = true; more;) {
      const { changes } = (await this.reader().run(changesOf, { since: this.position })).data;
      if (changes.resync) return this.copyAll();
      for (const { topic, id, node } of changes.changes) if (topic === "EVENT") this.#apply(id, node);
      ({ position: this.position, hasMore: more } = changes);
    }
  }

  /** Follows the stream until the function that it resolves to is called, or the connection ends. */
  async follow(): Promise<Listening> {
    const listening = await this.reader().listen(live, { after: this.position });
    const seen = new Set<unknown>();
    void listening.until((message) => {
      if (!seen.has(message)) this.#hear(message);
      seen.add(message);
      return false;
    });
    return listening;
  }

  /** RESYNC: too much for the stream; `changes` knows from where on. */
  behind = false;
  #hear(message: { position: string; kind: string; eventId: string; event: Copied | null }): void {
    this.behind ||= message.kind === "RESYNC";
    if (this.behind) return;
    this.#apply(message.eventId, message.event);
    this.position = message.position;
  }

  #apply(id: string, event: Copied | null): void {
    if (!event) return void this.events.delete(id);
    expect(event.id).toBe(id);
    this.told.push(event);
    this.events.set(id, event);
  }

  /** In an order of its own, for comparing. */
  sorted(): Copied[] {
    return [...this.events.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  }
}
