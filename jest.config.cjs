const { dependencies } = require("./package.json");

const escaped = (text) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
// Packages of tests that have ES modules only are loaded by Node itself, too.
const packages = [...Object.keys(dependencies), "@mapbox/vector-tile"].map(escaped).join("|");

/** Tests speak through the public door to a real PostgreSQL; see test/support. */
module.exports = {
  testEnvironment: "<rootDir>/test/support/environment.cjs",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  transform: {
    // Loading the server took longer than most files of tests: each worker does it once, from the build.
    [`^${escaped(__dirname)}/(src|migrations|node_modules/(${packages}))/`]: "<rootDir>/test/support/handover.cjs",
    "\\.ts$": ["@swc/jest", { module: { type: "commonjs" }, jsc: { target: "es2022" } }],
  },
  transformIgnorePatterns: [],
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  testSequencer: "<rootDir>/test/support/sequencer.cjs",
  globalSetup: "<rootDir>/test/support/setup.cjs",
  globalTeardown: "<rootDir>/test/support/teardown.cjs",
  setupFiles: ["reflect-metadata"],
  testTimeout: 60_000,
  maxWorkers: 2,
};
