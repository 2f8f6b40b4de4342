const { default: Sequencer } = require("@jest/test-sequencer");

const longest = ["canaries", "mutations", "notices-process", "errors", "process", "fields", "signups-process"];

const rank = ({ path }) => {
  const place = longest.findIndex((name) => path.endsWith(`/${name}.test.ts`));
  return place < 0 ? longest.length : place;
};

/** The longest files first, also where nothing is known of an earlier run: else one of them ends long after all others. */
module.exports = class extends Sequencer {
  async sort(tests) {
    return (await super.sort(tests)).toSorted((one, other) => rank(one) - rank(other));
  }
};
