const { execFileSync, fork } = require("node:child_process");
const { once } = require("node:events");
const path = require("node:path");
const { openMemory } = require("./memory.cjs");

const root = path.resolve(__dirname, "../..");

/**
 * Builds what is tested, and starts one database server for all test files: in a process of its own, for what a global
 * set-up itself requires, Jest transforms.
 */
module.exports = async function setup() {
  const compiler = path.join(root, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
  openMemory();
  const server = fork(path.join(__dirname, "scratch.cjs"));
  const ended = once(server, "exit");
  const failed = ended.then(([code]) => Promise.reject(new Error(`No database server for the tests: exit ${code}`)));
  Object.assign(process.env, (await Promise.race([once(server, "message"), failed]))[0]);
  failed.catch(() => undefined);
  globalThis.closeScratch = async () => {
    server.disconnect();
    await ended;
  };
};
