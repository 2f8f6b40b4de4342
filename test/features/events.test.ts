import { openWorld } from "../support/world.js";

const { a, as, clock } = openWorld();

const draft = async (fields: object = {}) => ({
  campaignId: (await a.campaign()).id,
  cityId: (await a.city()).globalId,
  type: "RALLY",
  title: "Solidarity rally",
  startsOn: "2026-01-23",
  ...fields,
});

test("refuses a draft of somebody who is not signed in", async () => {
  expect((await as().draftEvent(await draft())).code).toBe("UNAUTHENTICATED");
});

test.each([
  [
    "a title of two characters",
    { title: "ab" },
    "input.title",
    "must be 3 to 120 characters, without control characters such as NUL",
  ],
  [
    "a NUL in the title",
    { title: "a\u0000bcd" },
    "input.title",
    "holds the character NUL or half of a surrogate pair, which cannot be stored",
  ],
  ["no day and no time", { startsOn: null }, "input.startsOn", "is missing: give the day, or startsAt with the time"],
  [
    "a day that does not exist",
    { startsOn: "2026-02-30" },
    "input.startsOn",
    "must be a day that exists, as YYYY-MM-DD, such as 2026-01-23",
  ],
  [
    "a time on another day",
    { startsAt: "2026-01-24T10:00" },
    "input.startsOn",
    "is another day than startsAt, which is on 2026-01-24 in America/Chicago",
  ],
  [
    "an end before the start",
    { startsAt: "2026-01-23T14:00", endsAt: "2026-01-23T14:00" },
    "input.endsAt",
    "must be after startsAt",
  ],
  ["an end without a start", { endsAt: "2026-01-23T14:00" }, "input.endsAt", "needs startsAt"],
  [
    "a zone that is none",
    { timeZone: "Central" },
    "input.timeZone",
    "must be the IANA name of a time zone, such as America/Chicago",
  ],
  ["half a point", { latitude: 45 }, "input.longitude", "is missing: give both coordinates or none"],
  ["a latitude beyond the pole", { latitude: 90.1, longitude: 0 }, "input.latitude", "must be from -90 to 90"],
  [
    "an id of another type",
    { cityId: "campaign_00000000000000000000000000000000" },
    "input.cityId",
    'is not an id of type City; such an id starts with "city_"',
  ],
])("refuses %s, naming the field and what would be right", async (_what, fields, path, reason) => {
  const reply = await as(await a.person()).draftEvent(await draft(fields));
  expect(reply.code).toBe("BAD_USER_INPUT");
  expect(reply.fields).toContainEqual({ path, reason });
});

test("refuses to host in the name of an organization by anybody but its admins", async () => {
  const organization = await a.organization();
  const fields = { organizationId: organization.id };
  expect((await as(await a.member(organization)).draftEvent(await draft(fields))).code).toBe("FORBIDDEN");
  expect((await as(await a.admin(organization)).draftEvent(await draft(fields))).code).toBe("OK");
});

test("refuses a local time that the clocks skip, and says which comes next", async () => {
  const reply = await as(await a.person()).draftEvent(await draft({ startsOn: null, startsAt: "2026-03-08T02:30" }));
  expect(reply.reason).toBe("LOCAL_TIME_DOES_NOT_EXIST");
  expect(reply.fields[0]!.reason).toContain("2026-03-08T03:30");
});

test("takes the first of a local time that occurs twice, unless the offset says the second", async () => {
  const host = as(await a.person());
  const at = async (startsAt: string): Promise<string> =>
    (await host.draftEvent(await draft({ startsOn: null, startsAt }))).data.draftEvent.event.startsAt;
  expect(new Date(await at("2026-11-01T01:30"))).toEqual(new Date("2026-11-01T06:30:00Z"));
  expect(new Date(await at("2026-11-01T01:30-06:00"))).toEqual(new Date("2026-11-01T07:30:00Z"));
});

test("knows zones without daylight saving", async () => {
  const host = as(await a.person());
  for (const [slug, instant] of [
    ["phoenix-az", "2026-07-04T19:00:00Z"],
    ["honolulu-hi", "2026-07-04T22:00:00Z"],
  ] as const) {
    const cityId = (await a.city(slug)).globalId;
    const reply = await host.draftEvent(await draft({ cityId, startsOn: null, startsAt: "2026-07-04T12:00" }));
    expect(new Date(reply.data.draftEvent.event.startsAt)).toEqual(new Date(instant));
  }
});

test("holds a time to be announced as a day without a clock time", async () => {
  const host = as(await a.person());
  const { id } = (await host.draftEvent(await draft())).data.draftEvent.event;
  const ask = async () =>
    (await host.run(`query($id: ID!) { event(id: $id) { startsOn startsAt endsAt phase location { venue } } }`, { id }))
      .data.event;
  expect(await ask()).toEqual({
    startsOn: "2026-01-23",
    startsAt: null,
    endsAt: null,
    phase: "ONGOING",
    location: { venue: null },
  });
  const before = clock.now;
  clock.now = new Date("2026-01-24T06:00:00Z");
  expect((await ask()).phase).toBe("ENDED");
  clock.now = new Date("2026-01-23T05:59:59Z");
  expect((await ask()).phase).toBe("UPCOMING");
  clock.now = before;
});

test("shows a draft to its host and the campaign's staff, and answers everybody else as if there were none", async () => {
  const campaign = await a.campaign();
  const host = await a.person();
  const { id } = (await as(host).draftEvent(await draft({ campaignId: campaign.id }))).data.draftEvent.event;
  const open = (caller: ReturnType<typeof as>) =>
    caller.run(`query($id: ID!) { event(id: $id) { id } node(id: $id) { id } nodes(ids: [$id]) { id } }`, { id });
  const seen = { event: { id }, node: { id }, nodes: [{ id }] };
  expect((await open(as(host))).data).toEqual(seen);
  expect((await open(as(await a.staff(campaign)))).data).toEqual(seen);
  for (const caller of [as(), as(await a.person()), as(await a.staff(await a.campaign()))]) {
    expect((await open(caller)).data).toEqual({ event: null, node: null, nodes: [null] });
    expect(
      (await caller.run(`query($c: ID!) { events(filter: { campaignId: $c }) { nodes { id } } }`, { c: campaign.id }))
        .data.events.nodes,
    ).toEqual([]);
  }
  const stranger = as(await a.person());
  expect((await stranger.submitEvent(id)).message).toBe(
    (await stranger.submitEvent("event_00000000000000000000000000000000")).message,
  );
});

test("publishes a draft once it is submitted and approved by the campaign's staff, each step again being harmless", async () => {
  const campaign = await a.campaign();
  const [host, staff] = [as(await a.person()), as(await a.staff(campaign))];
  const { id } = (await host.draftEvent(await draft({ campaignId: campaign.id }))).data.draftEvent.event;
  expect(await staff.approveEvent(id)).toMatchObject({ code: "CONFLICT", reason: "EVENT_NOT_IN_REVIEW" });
  for (let again = 0; again < 2; again++)
    expect((await host.submitEvent(id)).data.submitEvent.event.review).toBe("IN_REVIEW");
  expect((await host.approveEvent(id)).code).toBe("FORBIDDEN");
  for (let again = 0; again < 2; again++)
    expect((await staff.approveEvent(id)).data.approveEvent.event.review).toBe("APPROVED");
  expect(await host.submitEvent(id)).toMatchObject({ code: "CONFLICT", reason: "EVENT_NOT_DRAFT" });
  expect((await as().run(`query($id: ID!) { event(id: $id) { id } }`, { id })).data.event).toEqual({ id });
});

test("gives an unlisted event to whoever has its id, and lists it for nobody else", async () => {
  const campaign = await a.campaign();
  const event = await a.event({ campaign, visibility: "UNLISTED" as never });
  const ask = `query($id: ID!, $c: ID!) { event(id: $id) { id } events(filter: { campaignId: $c }) { nodes { id } } }`;
  expect((await as().run(ask, { id: event.id, c: campaign.id })).data).toEqual({
    event: { id: event.id },
    events: { nodes: [] },
  });
});

test("shows the exact place of a rally that gives only its city to those concerned, and to no one else", async () => {
  const campaign = await a.campaign();
  const host = await a.person();
  const secret = {
    venue: "Canary Hall",
    addressLines: ["1 Canary Street"],
    postalCode: "55999",
    latitude: 44.9,
    longitude: -93.2,
  };
  const { id } = (
    await as(host).draftEvent(await draft({ campaignId: campaign.id, locationPrecision: "CITY", ...secret }))
  ).data.draftEvent.event;
  await as(host).submitEvent(id);
  await as(await a.staff(campaign)).approveEvent(id);
  const ask = `query($id: ID!) { event(id: $id) { location { precision venue addressLines postalCode latitude longitude } } }`;
  const place = async (caller: ReturnType<typeof as>) => (await caller.run(ask, { id })).data.event.location;
  const city = await a.city();
  const blurred = {
    precision: "CITY",
    venue: null,
    addressLines: [],
    postalCode: null,
    latitude: city.latitude,
    longitude: city.longitude,
  };
  expect(await place(as())).toEqual(blurred);
  expect(await place(as(await a.person()))).toEqual(blurred);
  expect(await place(as(host))).toEqual({ precision: "EXACT", ...secret });
  expect(await place(as(await a.reporter({ id, slug: "" })))).toEqual({ precision: "EXACT", ...secret });
  const around = `query($c: ID!) { events(filter: { campaignId: $c, within: { west: -93.21, south: 44.89, east: -93.19, north: 44.91 } }) { nodes { id } } }`;
  for (const caller of [as(), as(host)])
    expect((await caller.run(around, { c: campaign.id })).data.events.nodes).toEqual([]);
});

test("takes a role away at once: refused over HTTP, and the person's sockets close", async () => {
  const host = await a.person();
  const event = await a.event({ createdByPerson: host, visibility: "PRIVATE" as never });
  const reporter = await a.person();
  const role = (name: string, email: string) =>
    as(host).run(`mutation($input: EventRoleInput!) { ${name}(input: $input) { event { id } } }`, {
      input: { eventId: event.id, email, role: "REPORTER" },
    });
  const count = () => as(reporter).reportTurnout({ eventId: event.id, count: 5 });
  expect((await count()).code).toBe("NOT_FOUND");
  expect((await role("assignEventRole", reporter.email)).code).toBe("OK");
  expect((await count()).code).toBe("OK");
  const listening = await as(reporter).listen(`subscription($id: ID!) { shiftChanged(eventId: $id) { position } }`, {
    id: event.id,
  });
  expect((await role("removeEventRole", reporter.email)).code).toBe("OK");
  expect(await listening.ended).toMatchObject({ code: 4403 });
  expect((await count()).code).toBe("NOT_FOUND");
  expect(
    (
      await as(reporter).run(`mutation($input: EventRoleInput!) { assignEventRole(input: $input) { event { id } } }`, {
        input: { eventId: event.id, email: reporter.email, role: "REPORTER" },
      })
    ).code,
  ).toBe("NOT_FOUND");
});
