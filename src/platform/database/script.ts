import { escapeLiteral, type Pool, type PoolClient, type QueryResult } from "pg";

/**
 * Statements that PostgreSQL runs one after the other, in one transaction and one trip, for where a lock is queued for. Beside
 * `prepared`, as the extended protocol, which binds values, takes one statement at a time.
 */
export class Script {
  readonly #prepared = new WeakSet<PoolClient>();

  /** Each statement with the types of its parameters, as `["uuid"]`. */
  constructor(
    private readonly name: string,
    private readonly statements: { types: string[]; text: string }[],
  ) {}

  /**
   * Runs all of them, each with its values; gives the rows of the last. As each takes a snapshot of its own, it sees what
   * was committed while the one before waited for a lock: in one statement it would not.
   */
  async run<Row extends object>(pool: Pool, values: string[][]): Promise<Row[]> {
    const client = await pool.connect();
    try {
      if (!this.#prepared.has(client)) await this.#prepare(client);
      const calls = values.map((some, n) => `EXECUTE ${this.name}_${n}(${some.map(escapeLiteral).join()})`);
      const results = (await client.query(calls.join("; "))) as unknown as QueryResult<Row>[];
      return results.at(-1)!.rows;
    } finally {
      client.release();
    }
  }

  async #prepare(client: PoolClient): Promise<void> {
    const all = this.statements.map(({ types, text }, n) => `PREPARE ${this.name}_${n}(${types.join()}) AS ${text}`);
    await client.query(all.join("; "));
    this.#prepared.add(client);
  }
}
