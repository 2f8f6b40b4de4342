require("reflect-metadata");
const { createDataSource } = require("../../dist/src/app/data-source.js");
const { loadGazetteer } = require("../../dist/src/features/cities/index.js");
const { migrate } = require("../../dist/src/platform/database/migrate.js");
const { closeMemory } = require("./memory.cjs");
const { openScratch } = require("../../dist/src/platform/database/scratch.js");

/** A database server, and a migrated database on it that each test file copies; until who asked for them is gone. */
async function serve() {
  const scratch = await openScratch(process.env.DATABASE_URL);
  const gone = new Promise((resolve) => process.once("disconnect", resolve));
  const [server, template] = [await scratch.create(), await scratch.create()];
  const dataSource = createDataSource(template, 2, () => undefined);
  await dataSource.initialize();
  await migrate(template, dataSource, loadGazetteer);
  await dataSource.destroy();
  process.send({ TEST_SERVER: server, TEST_TEMPLATE: template });
  await gone;
  await scratch.drop(template);
  await scratch.drop(server);
  await scratch.stop();
  // Also where the tests were ended by hand: what is left in memory is there until the machine starts again.
  closeMemory();
}

// Ctrl-C reaches the whole group: the end of the tests ends this.
process.on("SIGINT", () => undefined);
void serve();
