const { TestEnvironment } = require("jest-environment-node");

/**
 * Node, with a way out of the sandbox that Jest gives each file: the server and its packages are loaded once a worker
 * (handover.cjs). What tests and server hand each other is then of one kind, also to `instanceof`.
 */
module.exports = class extends TestEnvironment {
  constructor(...given) {
    super(...given);
    Object.assign(this.global, { Date, Error, TypeError, RangeError, SyntaxError, Map, Set, requireOnce: require });
  }

  async setup() {
    await super.setup();
    // As in the server: Jest's hundred frames of every refusal are a tenth of what the matrices take.
    Error.stackTraceLimit = 10;
  }
};
