import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { seeded } from "./seeded.js";
import type { Caller } from "./world.js";

interface Setting {
  /** Staff of the campaign, at any of the servers. */
  staff: () => Caller;
  databaseUrl: string;
  campaignId: string;
  cities: string[];
  hostId: string;
  seed: number;
}

/** What may well be refused, when another act was first. */
const refusals = new Set(["OK", "CONFLICT", "NOT_FOUND", "BAD_USER_INPUT", "FORBIDDEN"]);

/** Random acts on the events of a campaign, some in transactions that stay open while later ones commit. */
export class EventStorm {
  readonly #random: () => number;
  readonly #ids: string[] = [];
  done = 0;
  changed = 0;

  constructor(private readonly setting: Setting) {
    this.#random = seeded(setting.seed);
  }

  /** So many acts, a few at a time. */
  async run(acts: number, atOnce = 6): Promise<void> {
    for (let n = 0; n < 12; n++) await this.#draft(true);
    const end = this.done + acts;
    const worker = async (): Promise<void> => {
      while (this.done++ < end) await this.#act();
    };
    const slow = async (): Promise<void> => {
      while (this.done < end) await this.#holdOpen(end);
    };
    await Promise.all([...Array.from({ length: atOnce }, worker), slow()]);
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)]!;
  }

  async #call(name: string, input: object, selection?: string) {
    const reply = await this.setting.staff().call(name, input, selection);
    if (!refusals.has(reply.code)) throw new Error(`${name}: ${JSON.stringify(reply.body)}`);
    if (reply.code === "OK") this.changed++;
    return reply;
  }

  async #draft(approve: boolean): Promise<void> {
    const { campaignId, cities } = this.setting;
    const input = { campaignId, cityId: this.#pick(cities), type: "RALLY", title: this.#title(), submit: true };
    const reply = await this.#call("draftEvent", { ...input, startsOn: this.#day() });
    const { id } = reply.data.draftEvent.event;
    this.#ids.push(id);
    if (approve) await this.#call("approveEvent", { eventId: id });
  }

  readonly #title = (): string => `Rally ${Math.floor(this.#random() * 1e6)}`;
  readonly #day = (): string => `2026-02-${String(1 + Math.floor(this.#random() * 27)).padStart(2, "0")}`;

  async #edit(eventId: string, edit: object, name = "editEvent"): Promise<void> {
    const { data } = await this.setting
      .staff()
      .run(`query($id: ID!) { event(id: $id) { id version } }`, { id: eventId });
    // Of a merged event the other one.
    if (data.event) await this.#call(name, { eventId: data.event.id, version: data.event.version, ...edit });
  }

  async #act(): Promise<void> {
    const eventId = this.#pick(this.#ids);
    const { cities, hostId: organizationId } = this.setting;
    const reason = "Because";
    const acts: [weight: number, act: () => Promise<unknown>][] = [
      [4, () => this.#draft(this.#random() < 0.7)],
      [6, () => this.#edit(eventId, { title: this.#title() })],
      [3, () => this.#edit(eventId, { cityId: this.#pick(cities) })],
      [3, () => this.#edit(eventId, { startsOn: this.#day() }, "rescheduleEvent")],
      [6, () => this.#edit(eventId, { visibility: this.#pick(["PUBLIC", "PUBLIC", "PRIVATE", "UNLISTED"]) })],
      [1, () => this.#call("cancelEvent", { eventId, reason })],
      [2, () => this.#call("postponeEvent", { eventId, reason })],
      [1, () => this.#end(eventId, "mergeEvent", { eventId, intoEventId: this.#pick(this.#ids) })],
      [1, () => this.#end(eventId, "deleteEvent", { eventId, reason }, "removedId")],
      [1, () => this.#call("requestEventChanges", { eventId, note: reason })],
      [1, () => this.#call("rejectEvent", { eventId, reason })],
      [3, () => this.#call("submitEvent", { eventId })],
      [4, () => this.#call("approveEvent", { eventId })],
      [2, () => this.#call("inviteCoHost", { eventId, organizationId })],
      [2, () => this.#call("removeCoHost", { eventId, organizationId })],
      [
        2,
        () =>
          this.#call(
            "addCoverage",
            { eventId, url: `https://a.example/${this.#day()}`, kind: "ARTICLE", title: "T" },
            "coverage { id }",
          ),
      ],
    ];
    let at = this.#random() * acts.reduce((sum, [weight]) => sum + weight, 0);
    const chosen = acts.find(([weight]) => (at -= weight) < 0)!;
    await chosen[1]();
  }

  async #end(eventId: string, name: string, input: object, selection?: string): Promise<void> {
    const { code } = await this.#call(name, input, selection);
    if (code === "OK" && this.#ids.length > 10) this.#ids.splice(this.#ids.indexOf(eventId), 1);
  }

  /** An edit whose transaction began before those of others, and commits after them. */
  async #holdOpen(end: number): Promise<void> {
    const client = new Client({ connectionString: this.setting.databaseUrl });
    await client.connect();
    const id = fromGlobalId("Event", this.#pick(this.#ids), "id");
    await client.query("BEGIN");
    await client.query("SELECT pg_current_xact_id()");
    // The last of all acts may be over before this one has begun.
    const until = Math.min(this.done + 3, end);
    while (this.done < until) await wait(2);
    await client.query("UPDATE events SET title = $2 WHERE id = $1", [id, this.#title()]);
    await client.query(
      `INSERT INTO changes (topic, kind, subject_id, scopes) SELECT 'event', 'UPDATED', id, ARRAY[campaign_id, city_id, id] FROM events WHERE id = $1`,
      [id],
    );
    await client.query("COMMIT");
    await client.end();
    this.changed++;
  }
}
