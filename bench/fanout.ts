import { reach } from "./fanout/reach.js";
import { stalled } from "./fanout/stalled.js";
import { seedReported } from "./support/campaign.js";
import { openDatabase } from "./support/database.js";
import { startRallygraph } from "./support/rallygraph.js";

/** One change to very many subscribers of a campaign, and to some of which half read nothing. */
export async function fanout(): Promise<void> {
  const database = await openDatabase();
  try {
    const migrating = startRallygraph(database);
    await migrating.ask("url");
    await migrating.stop();
    const reported = await seedReported(database);
    await reach(database, reported);
    for (const bytes of [0, 64 * 1024]) await stalled(database, reported, bytes);
  } finally {
    await database.close();
  }
}
