import { deepStrictEqual } from "node:assert";
import type { turnoutByHand } from "./processes/turnout-by-hand.js";
import { startChild } from "./support/child.js";
import { openDatabase } from "./support/database.js";
import { startRallygraph } from "./support/rallygraph.js";
import { seedSql } from "./support/seed.js";
import { peopleSql } from "./support/shifts.js";
import { countedSql } from "./support/turnout.js";
import { turnoutBoard } from "./turnout.board.js";
import { people, turnoutReports } from "./turnout.reports.js";

/** Reading the sums of a campaign, and reporting into them, beside SQL written by hand. */
export async function turnout(): Promise<void> {
  const database = await openDatabase({ durable: true });
  const ours = startRallygraph(database);
  const bare = startChild<typeof turnoutByHand>("turnout-by-hand", { DATABASE_URL: database.url });
  try {
    const url = await ours.ask("url");
    await database.query(seedSql());
    await database.query(countedSql);
    await database.query(peopleSql, [people]);
    await bare.ask("prepare");
    await ours.ask("adoptTurnouts");
    await database.query("VACUUM ANALYZE");
    deepStrictEqual((await ours.ask("verifyTurnouts")).faults, []);
    await turnoutBoard(database, url, await bare.ask("url"));
    await turnoutReports(database, ours, bare);
  } finally {
    await Promise.all([ours.stop(), bare.stop()]);
    await database.close();
  }
}
