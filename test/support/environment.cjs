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
};
