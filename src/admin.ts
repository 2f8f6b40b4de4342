import "reflect-metadata";
import { parseArgs } from "node:util";
import { adminCommands, type AdminCommand } from "./app/admin.js";
import { openDatabase } from "./app/database.js";
import { openServices } from "./app/services.js";
import { ConfigFault, processEnvironment, readConfig } from "./platform/config.js";
import { createLog } from "./platform/log.js";

const usage = (): string =>
  [
    "Usage: npm run admin -- <command> [options]",
    "",
    ...Object.entries(adminCommands).map(
      ([name, { options, what }]) => `  ${[name, ...options.map((o) => `--${o} …`)].join(" ")}\n      ${what}`,
    ),
    "",
    "It works on the database of the server's own configuration (DATABASE_URL, or the embedded one in DATA_DIR).",
  ].join("\n");

/** The command and its options, all of which must be given; anything else is told what would be right. */
function read(args: string[]): { command: AdminCommand; options: Record<string, string> } {
  const command = adminCommands[args[0] ?? ""];
  if (!command) throw new ConfigFault([`"${args[0] ?? ""}" is no command`, usage()]);
  const { values } = parseArgs({
    args: args.slice(1),
    options: Object.fromEntries(command.options.map((name) => [name, { type: "string" as const }])),
  });
  const missing = command.options.filter((name) => !values[name]);
  if (missing.length > 0) throw new ConfigFault(missing.map((name) => `--${name} is missing`).concat(usage()));
  return { command, options: values as Record<string, string> };
}

async function main(): Promise<void> {
  const { command, options } = read(process.argv.slice(2));
  const config = readConfig(processEnvironment());
  const log = createLog("warn");
  const database = await openDatabase(config, log);
  try {
    const services = await openServices(config, database.url, log, () => new Date());
    try {
      process.stdout.write(`${await command.run(services, options)}\n`);
    } finally {
      await services.close();
    }
  } finally {
    await database.stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof ConfigFault ? 78 : 1;
});
