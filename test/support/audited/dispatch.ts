import { type Acting, canary, type Cases, maker, type World } from "./case.js";

/** What organizations do with the peacekeepers that they promise. */
export function dispatchCases({ a, as }: World): Cases {
  const idIn = maker({ as });

  const promised = async () => {
    const [organization, event] = [await a.organization(), await a.event()];
    const by = await a.admin(organization);
    const input = { organizationId: organization.id, eventId: event.id, count: 5, note: canary };
    return { by, input };
  };
  const ofPromise = (more: object, before?: string) => async (): Promise<Acting> => {
    const { by, input } = await promised();
    const of = { dispatchId: await idIn(by, "promisePeacekeepers", "dispatch", input), ...more };
    if (before) await as(by).call(before, of, "__typename");
    return { by, input: of };
  };
  const email = `${canary}@rallygraph.example`;

  return {
    promisePeacekeepers: promised,
    withdrawDispatch: ofPromise({}),
    namePeacekeeper: ofPromise({ email }),
    unnamePeacekeeper: ofPromise({ email }, "namePeacekeeper"),
  };
}
