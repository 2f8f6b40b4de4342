require("reflect-metadata");
// Jest's module mapping does not reach a global set-up: it uses the built server ("npm test" builds first).
const { createDataSource } = require("../../dist/src/app/data-source.js");
const { loadGazetteer } = require("../../dist/src/features/cities/index.js");
const { migrate } = require("../../dist/src/platform/database/migrate.js");
const { openScratch } = require("../../dist/src/platform/database/scratch.js");

/** One server for all test files, and a migrated database that each of them copies. */
module.exports = async function setup() {
  const scratch = await openScratch(process.env.DATABASE_URL);
  const [server, template] = [await scratch.create(), await scratch.create()];
  const dataSource = createDataSource(template, 2, () => undefined);
  await dataSource.initialize();
  await migrate(template, dataSource, loadGazetteer);
  await dataSource.destroy();
  process.env.TEST_SERVER = server;
  process.env.TEST_TEMPLATE = template;
  globalThis.closeScratch = async () => {
    await scratch.drop(template);
    await scratch.drop(server);
    await scratch.stop();
  };
};
