import "reflect-metadata";
import { start } from "./app/server.js";
import { ConfigFault, processEnvironment, readConfig } from "./platform/config.js";
import { createLog } from "./platform/log.js";

/** EX_CONFIG of sysexits.h: the configuration is at fault, starting again does not help. */
const configurationFault = 78;

async function main(): Promise<void> {
  const config = readConfig(processEnvironment());
  const log = createLog(config.logLevel);
  // A signal that comes while it starts stops it once it has: what was begun, the database above all, ends with it.
  const starting = start(config, log);
  const stop = (lameDuckMs?: number) => (): void => {
    starting
      .then((server) => server.stop(lameDuckMs === undefined ? {} : { lameDuckMs }))
      .then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
  };
  process.once("SIGTERM", stop());
  // Ctrl-C is a developer's: nobody has to be led elsewhere first.
  process.once("SIGINT", stop(0));
  const server = await starting;
  const explorer = config.explorer ? `, explorer at ${server.url}/explorer` : "";
  process.stdout.write(`rallygraph: API at ${server.url}/graphql${explorer}\n`);
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(error instanceof ConfigFault ? configurationFault : 1);
}

main().catch(fail);
