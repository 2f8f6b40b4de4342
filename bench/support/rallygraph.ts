import { type Child, startChild } from "./child.js";
import type { BenchDatabase } from "./database.js";
import type { rallygraph } from "../processes/rallygraph.js";

export type Rallygraph = Child<typeof rallygraph>;

/** Our server as it runs in production, in a process of its own, on a free port; migrates the database. */
export const startRallygraph = (database: BenchDatabase, env: Record<string, string> = {}): Rallygraph =>
  startChild<typeof rallygraph>("rallygraph", {
    PORT: "0",
    DATABASE_URL: database.url,
    SECRET_KEY: "23".repeat(32),
    LAME_DUCK_MS: "0",
    RATE_ANONYMOUS: "0",
    RATE_SIGNED_IN: "0",
    ...env,
  });
