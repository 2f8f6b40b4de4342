const { default: Sequencer } = require("@jest/test-sequencer");

// Between those that keep a core busy, those that wait for processes.
const longest = (
  "canaries process mutations notices-process errors in-step fields signups-process demo tour " +
  "place-probes signups-model signups-race feeds-http event-life map-page"
).split(" ");

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
