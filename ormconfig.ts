import { createDataSource } from "./src/app/data-source.js";
import { processEnvironment, readConfig } from "./src/platform/config.js";

/** For TypeORM's command line, on a built project: npx typeorm migration:show -d dist/ormconfig.js */
const { databaseUrl } = readConfig(processEnvironment());
if (!databaseUrl) throw new Error("Set DATABASE_URL to the database that the command is for.");
export default createDataSource(databaseUrl, 2, () => undefined);
