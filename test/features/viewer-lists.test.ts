import { openWorld, type Person } from "../support/world.js";

const { a, as } = openWorld();

const idsOf = ({ nodes }: { nodes: { id: string }[] }): string[] => nodes.map(({ id }) => id);

test("Your events are also those that you coordinate or report for, and nobody else's", async () => {
  const [event, other] = [await a.event({ review: "DRAFT" as never }), await a.event()];
  const mine = async (person: Person) =>
    idsOf((await as(person).run(`{ viewer { events(first: 10) { nodes { id } } } }`)).data.viewer.events);
  for (const person of [await a.coordinator(event), await a.reporter(event)])
    expect(await mine(person)).toEqual([event.id]);
  expect(await mine(await a.follower(other))).toEqual([]);
});

test("Your campaigns are those whose staff you are, drafts too", async () => {
  const drafts = await a.campaign({ status: "DRAFT" as never, startsOn: "2026-05-01" });
  const open = await a.campaign();
  const person = await a.staff(open, await a.staff(drafts));
  const mine = async (someone: Person) =>
    idsOf((await as(someone).run(`{ viewer { campaigns { nodes { id } } } }`)).data.viewer.campaigns);
  expect(await mine(person)).toEqual([drafts.id, open.id]);
  expect(await mine(await a.siteStaff())).toEqual([]);
});

test("What an organization is asked to co-host is found by its admins only, until they have answered", async () => {
  const event = await a.event({ review: "DRAFT" as never });
  const asked = await a.organization();
  const admin = await a.admin(asked);
  await a.invited(event, asked);
  const found = async (person?: Person) =>
    idsOf(
      (
        await as(person).run(`query($s: String!) { organization(slug: $s) { coHostInvitations { nodes { id } } } }`, {
          s: asked.slug,
        })
      ).data.organization.coHostInvitations,
    );
  for (const person of [undefined, await a.person(), await a.member(asked), await a.siteStaff()])
    expect(await found(person)).toEqual([]);
  expect(await found(admin)).toEqual([event.id]);
  await as(admin).call("acceptCoHosting", { eventId: event.id, organizationId: asked.id });
  expect(await found(admin)).toEqual([]);
});
