import type { openWorld, Person } from "./world.js";

let number = 0;

/** A place of which each part is told from every other place's: all lie in Minneapolis, a few km from its point. */
export function place() {
  const n = ++number;
  const latitude = 44.901_234_5 + n / 1_000;
  const longitude = -93.301_234_5 - n / 1_000;
  const accuracyMeters = 71_000 + n;
  const route = [0.000_3, 0.000_6].map((step) => [longitude + step, latitude + step]);
  const input = {
    venue: `Venuecanary${n}x`,
    addressLines: [`${n} Linecanary${n}x Street`],
    locality: `Hamletcanary${n}x`,
    postalCode: `Zipcanary${n}x`,
    latitude,
    longitude,
    accuracyMeters,
    marchRoute: { type: "LineString", coordinates: route },
  };
  const numbers = [latitude, longitude, accuracyMeters, ...route.flat()].map(String);
  return { input, marks: [...numbers, ...["Venue", "Line", "Hamlet", "Zip"].map((part) => `${part}canary${n}x`)] };
}

/** Publishes events of a host with the campaign's staff; gives their ids. */
export const publisher =
  ({ a, as }: Pick<ReturnType<typeof openWorld>, "a" | "as">) =>
  async (host: Person, staff: Person, campaignId: string, input: object): Promise<string> => {
    const cityId = (await a.city()).globalId;
    const drafted = {
      campaignId,
      cityId,
      type: "MARCH",
      title: "March",
      startsOn: "2026-01-23",
      submit: true,
      ...input,
    };
    const reply = await as(host).draftEvent(drafted);
    if (reply.code !== "OK") throw new Error(reply.message);
    const { id } = reply.data.draftEvent.event;
    await as(staff).approveEvent(id);
    return id;
  };
