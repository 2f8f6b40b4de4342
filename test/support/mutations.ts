import { theSchema } from "../../src/app/schema.js";

/** Every mutation of the schema. */
export const mutationNames = Object.keys(theSchema().getMutationType()!.getFields()).sort();
