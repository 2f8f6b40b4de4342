import { readFile } from "node:fs/promises";
import { EventType } from "../../src/features/events/index.js";
import { typeOf } from "../../src/features/imports/import.types.js";
import { categoryOf, columns } from "../../src/features/turnout/export.columns.js";
import { typeWords } from "../../src/features/turnout/export.types.js";

test.each([
  [null, 0],
  [0, 1],
  [99.5, 1],
  [100, 2],
  [999.5, 2],
  [1_000, 3],
  [10_000, 4],
])("puts a size of %s into category %i", (mean, category) => expect(categoryOf(mean)).toBe(category));

test("writes types and columns as the guide says, and the types as imports read them back", async () => {
  const guide = (await readFile("docs/api.md", "utf8")).split("## Exports")[1]!.split("\n## ")[0]!;
  const cells = [...guide.matchAll(/^\| ([^|]+?) +\| ([^|]+?) +\|/gm)].map(([, one, two]) => [one!, two!]);
  const told = cells.flatMap(([one]) => [...one!.matchAll(/`([a-z_0-9]+)`/g)].map(([, name]) => name));
  expect(told).toEqual(Object.keys(columns));
  const types = cells.flatMap(([one, two]) => [...one!.matchAll(/`([A-Z_]+)`/g)].map(([, type]) => [type, two]));
  expect(Object.fromEntries(types)).toEqual(typeWords);
  const lost = Object.values(EventType).filter((type) => typeOf(typeWords[type]) !== type);
  expect(lost).toEqual(["VISIBILITY_EVENT", "TRAINING", "TEACH_IN", "ASSEMBLY", "MUTUAL_AID"]);
});
