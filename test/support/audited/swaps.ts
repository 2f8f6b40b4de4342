import { canary, type Cases, reason, type World } from "./case.js";

/** Who is assigned, and whose places go over. */
export function swapCases({ a, as, clock }: World): Cases {
  const soon = () => ({ startsAt: new Date(+clock.now + 3_600_000), endsAt: new Date(+clock.now + 7_200_000) });
  async function staffed(fields: object = {}) {
    const event = await a.event();
    const shiftId = await a.shift({ event, ...soon(), ...fields });
    return { shiftId, coordinator: await a.coordinator(event) };
  }
  /** A place that is given, and waits to be approved or has gone over. */
  async function swapped(swapNeedsApproval: boolean) {
    const { shiftId, coordinator } = await staffed({ swapNeedsApproval });
    const [giver, taker] = [await a.peacekeeper(), await a.peacekeeper()];
    for (const name of ["claimShift", "offerSwap"]) await as(giver).call(name, { shiftId }, "__typename");
    const swap = async () =>
      (await as(taker).call("acceptSwap", { shiftId }, "swap { id }")).data.acceptSwap.swap.id as string;
    return { shiftId, coordinator, giver, taker, swap };
  }
  /** Somebody is missing, and somebody is asked. */
  async function calling() {
    const { shiftId, coordinator } = await staffed();
    const by = await a.peacekeeper();
    const { globalId: cityId } = await a.city();
    await as(by).call("updatePeacekeeper", { cityId, onCall: true }, "__typename");
    const call = (await as(coordinator).call("callOut", { shiftId }, "callOut { id }")).data.callOut.callOut
      .id as string;
    const { data } = await as(by).run("{ viewer { coverRequests { nodes { id } } } }");
    return { coordinator, call, by, coverId: data.viewer.coverRequests.nodes[0].id as string };
  }
  const decided =
    (swapNeedsApproval: boolean, input: object = {}) =>
    async () => {
      const { coordinator, swap } = await swapped(swapNeedsApproval);
      return { by: coordinator, input: { swapId: await swap(), ...input } };
    };

  return {
    assignShift: async () => {
      const { shiftId, coordinator } = await staffed();
      return { by: coordinator, input: { shiftId, email: `${canary}@rallygraph.example`, reason } };
    },
    callOut: async () => {
      const { shiftId, coordinator } = await staffed();
      return { by: coordinator, input: { shiftId } };
    },
    closeCallOut: async () => {
      const { call, coordinator } = await calling();
      return { by: coordinator, input: { callOutId: call } };
    },
    acceptCover: async () => {
      const { by, coverId } = await calling();
      return { by, input: { coverId }, unnamed: true };
    },
    declineCover: async () => {
      const { by, coverId } = await calling();
      return { by, input: { coverId }, unnamed: true };
    },
    offerSwap: async () => {
      const { shiftId } = await staffed();
      const by = await a.peacekeeper();
      await as(by).call("claimShift", { shiftId }, "__typename");
      return { by, input: { shiftId }, unnamed: true };
    },
    withdrawSwap: async () => {
      const { giver, shiftId } = await swapped(false);
      return { by: giver, input: { shiftId }, unnamed: true };
    },
    acceptSwap: async () => {
      const { taker, giver, shiftId } = await swapped(true);
      return { by: taker, input: { shiftId }, refused: { by: giver }, unnamed: true };
    },
    withdrawSwapRequest: async () => {
      const { taker, swap } = await swapped(true);
      return { by: taker, input: { swapId: await swap() }, unnamed: true };
    },
    approveSwap: decided(true),
    declineSwap: decided(true),
    undoSwap: decided(false, { reason }),
  };
}
