import { theSchema } from "../../src/app/schema.js";
import type { Reply } from "./client.js";
import type { Caller } from "./world.js";

const mutations = theSchema().getMutationType()!.getFields();

/** Every mutation of the schema. */
export const mutationNames = Object.keys(mutations).sort();

/** Sends a mutation by its name. */
export const mutate = (caller: Caller, name: string, input: object, selection = "__typename"): Promise<Reply> =>
  caller.run(
    `mutation($input: ${String(mutations[name]!.args[0]!.type)}) { ${name}(input: $input) { ${selection} } }`,
    { input },
  );
