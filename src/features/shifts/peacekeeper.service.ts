import { type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { badInput } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { City } from "../cities/index.js";
import { PeacekeeperRow } from "./peacekeeper.js";
import type { UpdatePeacekeeperInput } from "./peacekeeper.inputs.js";

const blank = { nameSealed: null, phoneSealed: null, cityId: null, onCall: false };

/** What a person has told of themself, still sealed. */
export const peacekeeperOf = async (ctx: Context, personId: string): Promise<Omit<PeacekeeperRow, "usedAt">> =>
  (await ctx.db.findOneBy(PeacekeeperRow, { personId })) ?? { personId, ...blank };

/** Sets what the viewer tells coordinators of themself; what is left out stays. */
export function updatePeacekeeper(ctx: Context, input: UpdatePeacekeeperInput): Promise<{ personId: string }> {
  const { personId } = signedIn(ctx);
  return transactOnce(ctx, "updatePeacekeeper", input, async (tx) => {
    const { name, phone, cityId, onCall } = input;
    const patch: Partial<PeacekeeperRow> = {
      ...(name === undefined ? {} : { nameSealed: sealed(tx, tidy(name)) }),
      ...(phone === undefined ? {} : { phoneSealed: sealed(tx, tidy(phone)) }),
      ...(cityId === undefined ? {} : { cityId: cityId === null ? null : await cityOf(tx, cityId) }),
      ...(typeof onCall === "boolean" ? { onCall } : {}),
    };
    await tx.db.upsert(PeacekeeperRow, { personId, usedAt: tx.now(), ...patch }, ["personId"]);
    return { personId };
  });
}

const sealed = ({ secrets }: Context, text: string | null): Buffer | null =>
  text === null ? null : secrets.seal(text);

async function cityOf(tx: Transaction, globalId: string): Promise<string> {
  const id = fromGlobalId("City", globalId, "input.cityId");
  if (!(await tx.db.existsBy(City, { id })))
    throw badInput("input.cityId", "is not the id of a city; search in cities");
  return id;
}
