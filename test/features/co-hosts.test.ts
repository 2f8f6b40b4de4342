import { jobsDone } from "../support/jobs.js";
import { mailsTo } from "../support/outbox.js";
import { openWorld } from "../support/world.js";

const { a, as, clock, server, folder } = openWorld();

/** A draft that an organization was asked to co-host, with its admin. */
async function asked() {
  const host = await a.organization();
  const event = await a.event({ host, title: "Rally at the river", review: "DRAFT" as never });
  const organization = await a.organization();
  await a.invited(event, organization);
  const input = { eventId: event.id, organizationId: organization.id };
  return { event, organization, input, lead: await a.admin(host), admin: await a.admin(organization) };
}

test("an organization that is not listed is asked as little as one that does not exist", async () => {
  const { event, lead } = await asked();
  const ask = (organizationId: string) => as(lead).call("inviteCoHost", { eventId: event.id, organizationId });
  const hidden = await ask((await a.organization({ status: "IN_REVIEW" as never })).id);
  const missing = await ask("organization_00000000000000000000000000000000");
  expect(hidden).toMatchObject({ code: "NOT_FOUND", message: missing.message });
});

test.each(["declineCoHosting", "removeCoHost"])(
  "%s answers without the draft to whom it hides from then on",
  async (name) => {
    const { admin, input } = await asked();
    const answer = await as(admin).call(name, input);
    expect([answer.code, answer.data]).toEqual(["OK", { [name]: { event: null } }]);
  },
);

test("an organization is asked by mail once a day, however often it is asked and unasked", async () => {
  const { input, lead, admin } = await asked();
  const again = async (): Promise<number> => {
    await as(lead).call("removeCoHost", input);
    await as(lead).call("inviteCoHost", input);
    await jobsDone(server().services);
    return (await mailsTo(folder(), admin.email)).length;
  };
  expect([await again(), await again()]).toEqual([1, 1]);
  clock.now = new Date(clock.now.getTime() + 24 * 3_600_000);
  expect(await again()).toBe(2);
});

test("an organization is not asked about an event that is gone", async () => {
  const { input, lead, admin } = await asked();
  await as(lead).call("removeCoHost", input);
  const { services } = server();
  const { mailer } = services;
  services.mailer = { send: () => Promise.reject(new Error("away")) };
  await as(lead).call("inviteCoHost", input);
  await as(lead).call("deleteEvent", { eventId: input.eventId, reason: "Made by mistake" }, "removedId");
  services.mailer = mailer;
  await jobsDone(services);
  expect(await mailsTo(folder(), admin.email)).toEqual([]);
});
