import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { projectFile, projectRoot } from "../../src/platform/files.js";
import { dataFolder, startProcess } from "../support/process.js";

jest.setTimeout(120_000);

/** The commands of README's tour, by the letter. */
async function tour(): Promise<string> {
  const readme = await readFile(projectFile("README.md"), "utf8");
  const text = readme.slice(readme.indexOf("<!-- tour -->"), readme.indexOf("<!-- /tour -->"));
  return [...text.matchAll(/```sh\n(.*?)```/gs)].map((block) => block[1]).join("\n");
}

test("does what README's tour says, command by command", async () => {
  const { folder, remove } = await dataFolder();
  const server = await startProcess({ DATA_DIR: folder });
  const env = { ...process.env, API: `${server.url}/graphql`, DATA_DIR: folder };
  const { stdout } = await promisify(execFile)("bash", ["-euc", await tour()], { env, cwd: projectRoot });
  expect(stdout).toContain('"review":"IN_REVIEW"');
  expect(stdout).toContain('"title":"Solidarity rally in Duluth","review":"APPROVED"');
  expect(stdout).toContain('"taken":1,"staffing":"STAFFED"');
  expect(stdout).toMatch(
    /\{"turnoutChanged":\{"position":"[0-9a-f]{28}","event":\{"title":"Solidarity rally in Duluth"\},"turnout":\{"low":400,"high":600,"reporting":1,"scheduled":11\}\}\}/,
  );
  await server.end("SIGINT");
  await remove();
});
