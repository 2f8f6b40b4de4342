const path = require("node:path");

const root = path.resolve(__dirname, "../..");

/** In the place of a file of the server: what its build says. In the place of a package: the package. */
module.exports = {
  process(_source, file) {
    const built = file.endsWith(".ts") ? path.join(root, "dist", path.relative(root, file)).replace(/ts$/, "js") : file;
    return { code: `module.exports = requireOnce(${JSON.stringify(built)});` };
  },
};
