import { codeFor } from "../support/outbox.js";
import { openWorld } from "../support/world.js";

const world = openWorld({ DEMO: "true" });
const { as, clock, folder, server } = world;

/** Signs in as any person would: by the code in the mail. */
async function arrive(email: string): Promise<ReturnType<typeof as>> {
  await as().run(`mutation($e: String!) { requestSignInCode(input: { email: $e }) { expiresInSeconds } }`, {
    e: email,
  });
  const reply = await as().run(
    `mutation($e: String!, $c: String!) { signIn(input: { email: $e, code: $c }) { token } }`,
    { e: email, c: await codeFor(folder(), email) },
  );
  return as({ id: "", email, token: reply.data.signIn.token });
}

const roles = `mutation($input: EventRoleInput!) { assignEventRole(input: $input) { event { id } } }`;

test("does the whole main job: register, approve, open, claim, count, and see the campaign's number move", async () => {
  clock.now = new Date("2026-01-23T18:00:00Z");
  const [host, staff] = [await arrive("new-host@rallygraph.example"), await arrive("staff@january-23.example")];
  const found = (
    await as().run(
      `{ campaign(slug: "january-23") { id turnout { scheduled } } city(slug: "duluth-mn") { id timeZone } position }`,
    )
  ).data;
  expect(found.campaign.turnout.scheduled).toBe(10);

  const drafted = await host.draftEvent({
    campaignId: found.campaign.id,
    cityId: found.city.id,
    type: "RALLY",
    title: "Solidarity rally in Duluth",
    startsAt: "2026-01-23T11:00",
    endsAt: "2026-01-23T15:00",
  });
  const eventId = drafted.data.draftEvent.event.id;
  expect((await host.submitEvent(eventId)).data.submitEvent.event.review).toBe("IN_REVIEW");
  expect((await staff.approveEvent(eventId)).data.approveEvent.event.review).toBe("APPROVED");

  for (const [email, role] of [
    ["coordinator@january-23.example", "COORDINATOR"],
    ["reporter@january-23.example", "REPORTER"],
  ])
    expect((await host.run(roles, { input: { eventId, email, role } })).code).toBe("OK");
  const [coordinator, reporter] = [
    await arrive("coordinator@january-23.example"),
    await arrive("reporter@january-23.example"),
  ];
  const opened = await coordinator.openShift({
    eventId,
    role: "MARSHAL",
    startsAt: "2026-01-23T13:00",
    endsAt: "2026-01-23T15:00",
    minimum: 1,
    capacity: 2,
  });
  const shiftId = opened.data.openShift.shift.id;

  const shifts = await as().listen(
    `subscription($id: ID!) { shiftChanged(eventId: $id) { kind shift { taken staffing } } }`,
    { id: eventId },
  );
  for (const name of ["peacekeeper@january-23.example", "second@rallygraph.example"]) {
    const { signup } = (await (await arrive(name)).claimShift(shiftId)).data.claimShift;
    expect(signup.status).toBe("REQUESTED");
    expect((await coordinator.call("confirmSignup", { signupId: signup.id }, "signup { status }")).code).toBe("OK");
  }
  expect((await (await arrive("third@rallygraph.example")).claimShift(shiftId)).reason).toBe("SHIFT_FULL");
  expect(await shifts.until((message) => message.shift.staffing === "FULL")).toEqual({
    kind: "UPDATED",
    shift: { taken: 2, staffing: "FULL" },
  });

  const wall = await staff.listen(
    `subscription($id: ID!, $after: String) { turnoutChanged(campaignId: $id, after: $after) { position event { title } turnout { low high reporting scheduled } } }`,
    { id: found.campaign.id, after: found.position },
  );
  await reporter.reportTurnout({ eventId, low: 400, high: 600, words: "about five hundred", method: "CLICKER" });
  const moved = await wall.until(({ turnout }) => turnout.low === 400);
  expect(moved).toMatchObject({
    event: { title: "Solidarity rally in Duluth" },
    turnout: { low: 400, high: 600, reporting: 1, scheduled: 11 },
  });
  const told = await as().run(
    `query($s: String!) { changes(since: $s, first: 100) { position changes { topic kind position node { ... on Event { title } ... on Shift { taken } } } } }`,
    { s: found.position },
  );
  expect(told.data.changes.changes).toContainEqual({
    topic: "TURNOUT",
    kind: "UPDATED",
    position: moved.position,
    node: { title: "Solidarity rally in Duluth" },
  });
  await Promise.all([shifts.stop(), wall.stop()]);
});

test("loads the demo as the texts print it: ten cities, no invented venue or clock time", async () => {
  const reply = await as().run(
    `{ events(first: 100, filter: { startsBefore: "2026-01-24T12:00:00Z" }) { nodes { title startsOn startsAt city { name } location { venue } turnout { low high } } } }`,
  );
  const rallies = reply.data.events.nodes.filter(
    ({ startsOn, title }: Record<string, string>) => startsOn === "2026-01-23" && !title!.includes("Duluth"),
  );
  expect(rallies).toHaveLength(10);
  for (const rally of rallies)
    expect(rally).toMatchObject({ startsAt: null, location: { venue: null }, turnout: { low: null, high: null } });
  expect(reply.data.events.nodes[0]).toMatchObject({
    startsOn: "2026-01-10",
    location: { venue: "downtown Minneapolis" },
    turnout: { low: 10_000, high: 10_000 },
  });
});

test("loads the demo once, however often and in how many places the server starts", async () => {
  const again = await world.another();
  const count = `SELECT (SELECT count(*)::int FROM campaigns) AS campaigns, (SELECT count(*)::int FROM organizations) AS organizations`;
  expect(await again.services.db.query(count)).toEqual([{ campaigns: 1, organizations: 27 }]);
  expect(await server().services.db.query(`SELECT count(*)::int AS cities FROM cities`)).toEqual([{ cities: 16_677 }]);
});

test("has somebody in the demo who decides on organizations", async () => {
  const [siteStaff, staff] = [await arrive("site-staff@january-23.example"), await arrive("staff@january-23.example")];
  const codes = [siteStaff, staff].map(
    async (someone) => (await someone.run(`{ organizationsInReview { nodes { id } } }`)).code,
  );
  expect(await Promise.all(codes)).toEqual(["OK", "FORBIDDEN"]);
});
