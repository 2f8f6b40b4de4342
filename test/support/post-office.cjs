require("reflect-metadata");
// The built server, with one more kind of letter: what a feature adds when its module is loaded.
const { letter } = require("../../dist/src/features/letters/index.js");

letter("test-call", () => Promise.resolve({ subject: "Be there", text: "Noon, at the square." }));

require("../../dist/src/main.js");
