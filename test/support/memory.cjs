const { chmodSync, mkdtempSync, rmSync, statfsSync } = require("node:fs");
const path = require("node:path");

const memory = "/dev/shm";
const needed = 2 * 1024 ** 3;

function hasRoom() {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > needed;
  } catch {
    return false;
  }
}

/**
 * Puts the temporary files of all tests into memory, where there is room. A database is a
 * thousand files: ext4 takes up to two seconds to make them where as many have just been deleted.
 */
exports.openMemory = () => {
  if (!hasRoom()) return;
  const folder = mkdtempSync(path.join(memory, "rallygraph-"));
  // PostgreSQL runs as another user where the tests run as root.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = process.env.TEST_MEMORY = folder;
};

exports.closeMemory = () => {
  const folder = process.env.TEST_MEMORY;
  if (folder) rmSync(folder, { recursive: true, force: true });
};
