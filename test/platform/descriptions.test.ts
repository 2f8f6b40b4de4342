import { isInputObjectType, isInterfaceType, isObjectType } from "graphql";
import { theSchema } from "../../src/app/schema.js";

/** What a mutation takes is told by the fields of its `input`, and by what the mutation does. */
const isInput = (name: string): boolean => name === "input";

test("every field, and every argument but the input of mutations, is described", () => {
  const bare: string[] = [];
  for (const type of Object.values(theSchema().getTypeMap())) {
    if (type.name.startsWith("__") || !(isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)))
      continue;
    for (const field of Object.values(type.getFields())) {
      if (!field.description) bare.push(`${type.name}.${field.name}`);
      for (const { name, description } of "args" in field ? field.args : [])
        if (!description && !isInput(name)) bare.push(`${type.name}.${field.name}(${name}:)`);
    }
  }
  expect(bare).toEqual([]);
});
