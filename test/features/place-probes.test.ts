import { fromGlobalId } from "../../src/platform/database/ids.js";
import { send } from "../support/client.js";
import { place, publisher } from "../support/places.js";
import {
  boxNear,
  type Circle,
  doorsOf,
  holds,
  huntByBoxes,
  huntByCircles,
  huntByTiles,
  kmBetween,
  pixelOf,
  type Point,
} from "../support/probes.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, url, clock, server } = openWorld();
const publish = publisher({ a, as });

const people = {} as Record<"host" | "attendee" | "stranger", Person>;
beforeAll(async () => {
  for (const name of ["host", "attendee", "stranger"] as const) people[name] = await a.person();
});

const mostProbes = 5_000;

describe("5,000 questions about the map", () => {
  test.each([
    ["APPROXIMATE", "nobody"],
    ["APPROXIMATE", "attendee"],
    ["CITY", "stranger"],
    ["CITY", "host"],
  ] as const)("of a place shown as %s lead %s to the public point, and to no other", async (precision, who) => {
    const campaign = await a.campaign();
    const { input } = place();
    const given = { ...input, locationPrecision: precision, exactAfterRsvp: true };
    const id = await publish(people.host, await a.staff(campaign), campaign.id, given);
    await a.confirmedRsvp({ id, slug: "" }, people.attendee);
    const ask = `query($id: ID!) { event(id: $id) { location { latitude longitude } } }`;
    const { location } = (await as().run(ask, { id })).data.event;
    const shown: Point = [location.longitude, location.latitude];
    const exact: Point = [input.longitude, input.latitude];
    const person = who === "nobody" ? undefined : people[who];
    const doors = doorsOf({ url: url(), caller: as(person), person, campaign });

    for (const door of Object.values(doors.boxes)) {
      const end = await huntByBoxes(door);
      expect([holds(end, shown), holds(end, exact)]).toEqual([true, false]);
      for (const point of await doors.points(end)) expect(point).toEqual(shown);
    }
    for (const door of Object.values(doors.circles)) {
      const far = [exact[0] + Math.random(), exact[1] - Math.random()].map((n) => Number(n.toFixed(6))) as Point;
      expect(await huntByCircles(door, far)).toBeCloseTo(kmBetween(far, shown), 5);
    }
    expect(await huntByTiles(doors)).toEqual(pixelOf(shown));
    const circles = Array.from({ length: 20 }, (_, n): Circle => {
      const { west: longitude, south: latitude } = boxNear(n % 4 === 0 ? shown : exact);
      return { longitude, latitude, withinKm: 500 };
    });
    for (const [n, distance] of (await doors.distances(circles)).entries()) {
      const { longitude, latitude } = circles[n]!;
      expect(distance).toBeCloseTo(kmBetween([longitude, latitude], shown), 2);
    }
    while (doors.counted.sent < mostProbes / 4)
      for (const { atOnce, has } of Object.values(doors.boxes)) {
        const boxes = Array.from({ length: atOnce }, (_, n) => boxNear(n % 4 === 0 ? shown : exact));
        expect(await has(boxes)).toEqual(boxes.map((box) => holds(box, shown)));
      }
  });

  test.each(["UNLISTED", "PRIVATE"])("find no event that is %s", async (visibility) => {
    const campaign = await a.campaign();
    const { input } = place();
    const id = await publish(people.host, await a.staff(campaign), campaign.id, { ...input, visibility });
    const point: Point = [input.longitude, input.latitude];
    for (const person of [undefined, people.stranger]) {
      const doors = doorsOf({ url: url(), caller: as(person), person, campaign });
      for (const { atOnce, has } of Object.values(doors.boxes)) {
        const boxes = Array.from({ length: atOnce }, () => boxNear(point));
        expect(await has(boxes)).toEqual(boxes.map(() => false));
      }
      const circle = { longitude: point[0], latitude: point[1], withinKm: 20_000 };
      for (const { has } of Object.values(doors.circles)) expect(await has([circle])).toEqual([false]);
      expect(await doors.distances([circle])).toEqual([undefined]);
      expect(await doors.pixel("0/0/0")).toBeUndefined();
    }
    for (const ending of ["jsonld", "geojson", "ics"]) {
      const unknown = id.replace(/.{8}$/, "00000000");
      const [hidden, none] = await Promise.all(
        [id, unknown].map((one) => send(`${url()}/events/${one}.${ending}`, "GET", {})),
      );
      const said = ({ text }: { text: string }): string => text.replace(/"requestId":"[^"]+"/, "");
      expect([hidden!.status, said(hidden!), hidden!.headers.etag]).toEqual([404, said(none!), undefined]);
    }
  });
});

const feeds = ["geojson", "csv", "ics", "atom"];

test.each(["APPROXIMATE", "CITY"])(
  "of a place that was exact and is %s now, no word is found nor told",
  async (precision) => {
    const campaign = await a.campaign();
    const { input, marks } = place();
    const staff = await a.staff(campaign);
    const id = await publish(people.host, staff, campaign.id, { ...input, locationPrecision: "EXACT" });
    const word = `Venuecanary${/Venuecanary(\d+x)/.exec(input.venue)![1]}`;
    const list = "query($f: EventFilter) { events(filter: $f) { nodes { id } } }";
    const finds = async (search: string): Promise<number> =>
      (await as().run(list, { f: { campaignId: campaign.id, search } })).data.events.nodes.length;
    expect(await finds(word)).toBe(1);
    const blurred = { eventId: id, version: 1, locationPrecision: precision };
    expect((await as(staff).call("editEvent", blurred)).code).toBe("OK");
    const words = [input.venue, input.locality, input.postalCode, ...input.addressLines[0]!.split(" ").slice(1)];
    for (const text of words)
      for (let length = 4; length <= text.length; length += 3) expect(await finds(text.slice(0, length))).toBe(0);
    const paths = [
      ...feeds.map((ending) => `/events.${ending}?campaign=${campaign.slug}`),
      ...["jsonld", "ics", "geojson"].map((ending) => `/events/${id}.${ending}`),
    ];
    for (const path of paths) {
      const { status, text } = await send(url() + path, "GET", {});
      expect([path, status, marks.filter((mark) => text.includes(mark))]).toEqual([path, 200, []]);
      expect(text).not.toMatch(/GEO[:;]|GeoCoordinates/);
      if (!path.includes("?")) continue;
      const searched = await send(`${url()}${path}&q=${input.venue}`, "GET", {});
      expect(searched.text).not.toContain(id);
    }
    const tile = await send(`${url()}/tiles/0/0/0.mvt?campaign=${campaign.slug}&q=${input.venue}`, "GET", {});
    expect([tile.status, tile.text]).toEqual([200, ""]);
  },
);

describe("What is said of an answer, but not in it", () => {
  interface Head {
    path: string;
    etag: string | undefined;
    modified: string | undefined;
    length: string | undefined;
  }
  const later = (): Date => (clock.now = new Date(clock.now.getTime() + 10_000));
  const headOf = async (path: string): Promise<Head> => {
    const { status, headers } = await send(url() + path, "HEAD", { "accept-encoding": "identity" });
    expect([path, status]).toEqual([path, 200]);
    const { etag, "last-modified": modified, "content-length": length } = headers;
    return { path, etag, modified, length };
  };
  const pathsOf = ({ slug }: { slug: string }, id: string): string[] => [
    ...feeds.map((ending) => `/events.${ending}`),
    ...feeds.map((ending) => `/campaigns/${slug}/events.${ending}`),
    "/cities/minneapolis-mn/events.geojson",
    `/events.geojson?near=44.9,-93.3&within=50`,
    "/events.csv?q=march&limit=5",
    ...["jsonld", "geojson", "ics"].map((ending) => `/events/${id}.${ending}`),
    "/tiles/0/0/0.mvt",
    `/tiles/9/123/184.mvt?campaign=${slug}`,
  ];
  /** What is held follows the log within a quarter of a second. */
  async function settled(): Promise<void> {
    for (const end = performance.now() + 300; performance.now() < end;) await headOf("/tiles/0/0/0.mvt");
  }

  test("moves by no change of an event that is private, unlisted, a draft or hidden", async () => {
    const campaign = await a.campaign();
    const staff = await a.staff(campaign);
    const { id } = await a.event({ campaign });
    const isHidden = [
      { visibility: "PRIVATE" },
      { visibility: "UNLISTED" },
      { review: "DRAFT" },
      { review: "IN_REVIEW" },
      { review: "IN_REVIEW", visibility: "PRIVATE" },
    ];
    const hidden = await Promise.all(isHidden.map((fields) => a.event({ campaign, ...(fields as object) })));
    const removed = await a.event({ campaign });
    await as(staff).call("deleteEvent", { eventId: removed.id, reason: "Spam" }, "removedId");
    await settled();
    later();
    const paths = pathsOf(campaign, id);
    const before = await Promise.all(paths.map(headOf));
    expect(before.filter(({ etag, modified, length }) => !etag || !modified || !length)).toEqual([]);
    later();
    const done: string[] = [];
    for (const { id: eventId } of hidden) {
      const { input } = place();
      const call = async (name: string, given: object, selection?: string) =>
        done.push((await as(staff).call(name, { eventId, ...given }, selection)).code);
      await call("editEvent", { version: 1, title: "Nobody's business", ...input });
      await call(
        "openShift",
        { role: "MARSHAL", capacity: 5, startsAt: "2026-01-23T12:00", endsAt: "2026-01-23T13:00" },
        "shift { id }",
      );
      await call("reportTurnout", { count: 700 }, "report { id }");
    }
    done.push((await as(staff).approveEvent(hidden[4]!.id)).code);
    for (const { id: eventId } of hidden.slice(0, 2)) {
      done.push((await as(staff).call("cancelEvent", { eventId, reason: "Snow" })).code);
      done.push((await as(staff).call("deleteEvent", { eventId, reason: "Twice" }, "removedId")).code);
    }
    expect(done.filter((code) => code === "OK").length).toBeGreaterThan(15);
    await server().services.db.query(
      "INSERT INTO changes (topic, kind, subject_id, scopes) VALUES ('event', 'UPDATED', $1, ARRAY[$1::uuid])",
      [fromGlobalId("Event", removed.id, "id")],
    );
    await settled();
    expect(await Promise.all(paths.map(headOf))).toEqual(before);
  });

  test("says of an exact place that is changed within its cell no more than that the event was edited", async () => {
    const campaign = await a.campaign();
    const staff = await a.staff(campaign);
    const { input } = place();
    const id = await publish(people.host, staff, campaign.id, { ...input, locationPrecision: "APPROXIMATE" });
    const { location } = (
      await as().run("query($id: ID!) { event(id: $id) { location { latitude longitude } } }", { id })
    ).data.event;
    await settled();
    later();
    const paths = pathsOf(campaign, id);
    const still = "title,description,occurrence,startsAt,endsAt,city,campaign,organization,place,turnout,openPlaces";
    const same = [
      "/tiles/0/0/0.mvt",
      `/tiles/20/${pixelOf([location.longitude, location.latitude])
        .map((n) => Math.floor(n / 4096))
        .join("/")}.mvt`,
      `/events.csv?campaign=${campaign.slug}&fields=${still}`,
    ];
    const clusters = `{ eventClusters(within: { west: -180, south: -90, east: 180, north: 90 }, zoom: 15, filter: { campaignId: "${campaign.id}" }) { count latitude longitude bounds { west east } event { id } } }`;
    const look = async () => ({
      sizes: (await Promise.all(paths.map(headOf))).map(({ path, length }) => [path, length]),
      tags: (await Promise.all(same.map(headOf))).map(({ path, etag, length }) => [path, etag, length]),
      texts: await Promise.all(
        paths.slice(4, 8).map(async (path) => timeless((await send(url() + path, "GET", {})).text)),
      ),
      map: (await as().run(clusters)).data,
    });
    const before = await look();
    const half = (one: number, other: number): number => Number(((one + other) / 2).toFixed(7));
    const moved = {
      latitude: half(input.latitude, location.latitude),
      longitude: half(input.longitude, location.longitude),
      venue: "The attic of another house, with a name that is far longer",
    };
    later();
    expect((await as(staff).call("editEvent", { eventId: id, version: 1, ...moved })).code).toBe("OK");
    await settled();
    later();
    expect(await look()).toEqual(before);
  });

  /** Without what every edit moves, of which everybody may know: the version and the time. */
  const timeless = (text: string): string =>
    text
      .replaceAll(/\d{4}-?\d\d-?\d\dT[\d:.]+(Z|\+00:00)?/g, "")
      .replaceAll(/("version"|SEQUENCE):\d+|,\d+\r?\n|"position":"[^"]+"/g, "");
});
