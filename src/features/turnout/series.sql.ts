import type { Args, Scope, Sql } from "../../platform/reading/shape.js";
import { summed } from "./settle.sql.js";
import { type Points, pointsOf, type Stretch } from "./turnout.steps.js";
import { eventColumns, movesOf, type Part, shownOfEvent, shownRows, sumColumns } from "./turnout.sql.js";

/** The points of a series in SQL. */
class Steps {
  readonly last: Sql;
  readonly #first: Sql;
  readonly #step: Sql;

  constructor(scope: Scope, args: Args) {
    const bound = (value: (points: Points) => unknown, type: string): Sql =>
      scope.bind((run) => {
        const [from, to, stepMinutes] = ["from", "to", "stepMinutes"].map((name) => args.value(run, name));
        return value(pointsOf({ from, to, stepMinutes } as Stretch, run.ctx.now()));
      }, type);
    this.#first = bound(({ first }) => first, "timestamptz");
    this.last = bound(({ last }) => last, "timestamptz");
    this.#step = bound(({ stepMinutes }) => `${stepMinutes} minutes`, "interval");
  }

  /** Each point `at`. */
  get table(): Sql {
    return `generate_series(${this.#first}, ${this.last}, ${this.#step}) p(at)`;
  }

  /** The first point that shows what came at a moment: a point's own moment is still in it. */
  of(moment: Sql): Sql {
    const before = `date_bin(${this.#step}, ${moment} - interval '1 microsecond', ${this.#first})`;
    return `GREATEST(${this.#first}, ${before} + ${this.#step})`;
  }
}

/** SQL for the sums of a part at each point `at`: what moved them between two points is added up, once for all of them. */
export function seriesOf(part: Part, scope: Scope, args: Args): Sql {
  const steps = new Steps(scope, args);
  const moves = `(SELECT mv.*, ${steps.of("mv.changed_at")} AS at FROM ${movesOf(part, steps.last)} mv)`;
  const sums = sumColumns((sum, value) => `${sum}(${sum}(${value})) OVER (ORDER BY p.at)`);
  return `(SELECT p.at, ${sums} FROM ${steps.table}
    LEFT JOIN ${shownRows(`(${summed(moves, "at")})`, scope)} k ON k.at = p.at GROUP BY p.at)`;
}

/** SQL for the turnout of an event at each point `at`: the last standing until then. */
export function seriesOfEvent(event: string, concerned: Sql, scope: Scope, args: Args): Sql {
  const steps = new Steps(scope, args);
  const came = `(SELECT ts.version, ${steps.of("ts.changed_at")} AS at FROM turnout_states ts
    WHERE ts.event_id = ${event}.id AND ts.changed_at <= ${steps.last})`;
  const points = `(SELECT p.at, max(max(c.version)) OVER (ORDER BY p.at) AS version
    FROM ${steps.table} LEFT JOIN ${came} c ON c.at = p.at GROUP BY p.at)`;
  return `(SELECT v.at, ${eventColumns} FROM ${points} v LEFT JOIN turnout_states t
    ON t.event_id = ${event}.id AND t.version = v.version AND ${shownOfEvent(event, concerned, scope)})`;
}
