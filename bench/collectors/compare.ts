import { ask, type Target } from "./load.js";
import type { Truth } from "./truth.js";

/** What is read of a turnout. */
interface Shown {
  low: number | null;
  high: number | null;
  lowest: number | null;
  highest: number | null;
  median: number | null;
  reporting: number;
  scheduled: number;
  reports: number;
}

export interface Compared {
  cityDays: number;
  /** City-days of which somebody gave a size. */
  known: number;
  cities: number;
  campaign: Omit<Shown, "lowest" | "highest" | "median">;
  differences: string[];
}

const fields = "{ low high lowest highest median reporting scheduled reports }";
const sumFields = "{ low high reporting scheduled reports }";

/** Compares what the API shows with the truth: each city-day, then the sums of the cities and of the campaign. */
export async function compare(target: Target, slug: string, truth: Map<string, Truth>): Promise<Compared> {
  const differences: string[] = [];
  const differ = (what: string, shown: unknown, wanted: unknown): void => {
    if (JSON.stringify(shown) !== JSON.stringify(wanted))
      differences.push(`${what}: is ${JSON.stringify(shown)}, should be ${JSON.stringify(wanted)}`);
  };
  const byCity = new Map<string, Truth[]>();
  for (const [cityDay, wanted] of truth) {
    const { turnout, city } = await eventOf(target, cityDay);
    const { lowest, highest, median, current: low, reports } = wanted;
    const reporting = low === null ? 0 : 1;
    differ(cityDay, turnout, { low, high: low, lowest, highest, median, reporting, scheduled: 1, reports });
    byCity.set(city.slug, [...(byCity.get(city.slug) ?? []), wanted]);
  }
  const cities = await citiesOf(target, slug);
  differ("cities", [...cities.keys()].sort(), [...byCity.keys()].sort());
  for (const [city, wanted] of byCity) differ(city, cities.get(city), sumOf(wanted));
  const campaign = (
    await ask<{ campaign: { turnout: Shown } }>(
      target.url,
      `query($s: String!) { campaign(slug: $s) { turnout ${sumFields} } }`,
      { s: slug },
    )
  ).data!.campaign.turnout;
  const all = [...truth.values()];
  differ("campaign", campaign, sumOf(all));
  return {
    cityDays: truth.size,
    known: all.filter(({ lowest }) => lowest !== null).length,
    cities: cities.size,
    campaign,
    differences,
  };
}

/** Each city-day once, lows with lows; nothing known is null. */
function sumOf(days: Truth[]): Compared["campaign"] {
  const known = days.flatMap(({ current }) => current ?? []);
  const low = known.length > 0 ? known.reduce((sum, value) => sum + value, 0) : null;
  const reports = days.reduce((sum, day) => sum + day.reports, 0);
  return { low, high: low, reporting: known.length, scheduled: days.length, reports };
}

async function eventOf({ url, eventOf: idOf }: Target, cityDay: string) {
  const { data } = await ask<{ event: { turnout: Shown; city: { slug: string } } }>(
    url,
    `query($id: ID!) { event(id: $id) { turnout ${fields} city { slug } } }`,
    { id: idOf(cityDay) },
  );
  return data!.event;
}

interface Page {
  campaign: {
    turnoutByCity: {
      nodes: { city: { slug: string }; turnout: Compared["campaign"] }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  };
}

async function citiesOf({ url }: Target, slug: string): Promise<Map<string, Compared["campaign"]>> {
  const cities = new Map<string, Compared["campaign"]>();
  for (let after: string | null = null; ;) {
    const answer: { data: Page | null } = await ask<Page>(
      url,
      `query($s: String!, $after: String) { campaign(slug: $s) { turnoutByCity(first: 100, after: $after) {
        nodes { city { slug } turnout ${sumFields} } pageInfo { hasNextPage endCursor } } } }`,
      { s: slug, after },
    );
    const { nodes, pageInfo } = answer.data!.campaign.turnoutByCity;
    for (const { city, turnout } of nodes) cities.set(city.slug, turnout);
    if (!pageInfo.hasNextPage) return cities;
    after = pageInfo.endCursor;
  }
}
