import type { Context } from "../../platform/context.js";
import { batchesOf, inSnapshot } from "../../platform/database/snapshot.js";
import { variablesAsArgs } from "../../platform/reading/args.js";
import type { Statement } from "../../platform/reading/compile.js";
import { execute, plainStatement } from "../../platform/reading/read.js";
import { every, type Scope, type Sql } from "../../platform/reading/shape.js";
import { eventFilter, type EventFilter, isPublic } from "../events/index.js";
import { freePlaces } from "../shifts/index.js";
import { publishingOf, turnoutOfEvent } from "../turnout/index.js";
import type { Kind, MapPoint } from "./point.js";

type Row = Omit<MapPoint, "kind" | "changesAt"> & Kind & { changesAt: Date | null };

/** How campaigns publish numbers; where that is different, many points are, and the log does not name them. */
export interface Publishing {
  publishing: string;
  changesAt: Date | null;
}

// The same for whoever asks: the points are held for everybody.
const nobody = { viewer: null };

function pointsSql(scope: Scope, filter: EventFilter, which: Sql): Sql {
  const args = variablesAsArgs(scope, { filter });
  const now = scope.bind((run) => run.ctx.now(), "timestamptz");
  return `SELECT e.id, e.public_longitude AS longitude, e.public_latitude AS latitude, e.title, e.type, e.occurrence,
      e.starts_on::text AS "startsOn", t.low, t.high, p.open AS "openPlaces", p."changesAt"
    FROM events e CROSS JOIN LATERAL ${turnoutOfEvent("e", "false", scope)} t CROSS JOIN LATERAL ${freePlaces("e", now)} p
    WHERE ${every([isPublic("e"), which, ...eventFilter("e", scope, args)])}`;
}

/** A Date leaves the microseconds out: by then it has changed for certain. */
const roundedMs = 1;

/** Reads the points of a filter. */
export class PointRows {
  readonly #all: Statement;
  readonly #some: Statement;
  readonly #kinds = new Map<string, Kind>();

  constructor(private readonly filter: EventFilter) {
    this.#all = plainStatement(nobody, (scope) => pointsSql(scope, filter, "true"));
    this.#some = plainStatement(nobody, (scope) =>
      pointsSql(scope, filter, `e.id = ANY (${scope.bind((run) => run.ids, "uuid[]")})`),
    );
  }

  /** All of one moment, in batches, and last how campaigns publish at that moment. */
  async *all(ctx: Context): AsyncGenerator<MapPoint[], Publishing> {
    const { text } = this.#all;
    const values = this.#all.values(this.#run(ctx));
    let publishing: Publishing[] = [];
    const rows = inSnapshot(ctx.pool, async function* (snapshot) {
      const asked = publishingStatement;
      publishing = (await snapshot.query<Publishing & object>(asked.text, asked.values({ ctx, variables: {} }))).rows;
      yield* batchesOf<Row>(snapshot, { text, values });
    });
    for await (const batch of rows) yield batch.map((row) => this.#point(row));
    return publishing[0]!;
  }

  /** Those of some events that the filter finds now. */
  async some(ctx: Context, ids: readonly string[]): Promise<MapPoint[]> {
    const rows = await execute<Row>({ ...ctx, ...nobody }, this.#some, { ...this.#run(ctx), ids });
    return rows.map((row) => this.#point(row));
  }

  #run = (ctx: Context) => ({ ctx: { ...ctx, ...nobody }, variables: { filter: this.filter } });

  #point({ type, occurrence, startsOn, changesAt, ...row }: Row): MapPoint {
    const key = `${type} ${occurrence} ${startsOn}`;
    const kind = this.#kinds.get(key) ?? { type, occurrence, startsOn };
    this.#kinds.set(key, kind);
    return { ...row, kind, changesAt: changesAt ? changesAt.getTime() + roundedMs : Infinity };
  }
}

const publishingStatement = plainStatement(nobody, (scope) => `SELECT * FROM ${publishingOf(scope)} p`);

export async function publishingNow(ctx: Context): Promise<Publishing> {
  const [row] = await execute<Publishing>({ ...ctx, ...nobody }, publishingStatement, { ctx, variables: {} });
  return row!;
}
