import { randomUUID } from "node:crypto";
import { jobsDone } from "./jobs.js";
import type { openWorld, Person } from "./world.js";

export const crowdColumns =
  "id,date,locality,state,county,fips,lat,lng,time_zone,venue,title,types,organizations,participants,issues,online,size_low,size_high,size_text,source_count".split(
    ",",
  );
export const clockColumns = "state,date,local_time,raw_time,address,lat,lng,time_zone,permit".split(",");

export type Cells = Record<string, string>;

/** The real form of the Crowd Counting Consortium's files, with made-up events. */
export const crowdRow = (cells: Cells = {}): Cells => ({
  id: `ccc-${randomUUID()}`,
  date: "2025-01-18",
  locality: "Duluth",
  state: "MN",
  types: "rally",
  organizations: "Some Group",
  online: "0",
  size_low: "200",
  size_high: "300",
  source_count: "1",
  ...cells,
});

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
export const csv = (columns: string[], rows: Cells[], end = "\n"): string =>
  [columns, ...rows.map((row) => columns.map((column) => quoted(row[column] ?? "")))]
    .map((cells) => cells.join(",") + end)
    .join("");
export const crowdFile = (rows: Cells[], end?: string): string => csv(crowdColumns, rows, end);

/** What staff do with imports, in a world. */
export function importsIn({ a, as, server, url }: ReturnType<typeof openWorld>) {
  const fields =
    "id status failure dryRun rows done accepted unchanged rejected finishedAt problems(first: 100) { totalCount nodes { line field reason } }";

  const begin = (person: Person | undefined, input: object) =>
    as(person).run(
      `mutation($input: StartImportInput!) { startImport(input: $input) { import { ${fields} } uploadUrl } }`,
      { input: { format: "CROWD_COUNTS", dryRun: false, ...input } },
    );

  async function put(importId: string, body: string | Buffer, person?: Person, type = "text/csv"): Promise<Response> {
    const authorization = person ? { authorization: `Bearer ${person.token}` } : undefined;
    return fetch(`${url()}/imports/${importId}`, {
      method: "PUT",
      headers: { "content-type": type, ...authorization },
      body,
    });
  }

  const read = async (importId: string, person: Person) =>
    (await as(person).run(`query($id: ID!) { eventImport(id: $id) { ${fields} } }`, { id: importId })).data.eventImport;

  /** Starts an import, sends its file, and gives what became of it. */
  async function bring(person: Person, input: object, file: string | Buffer) {
    const { id } = (await begin(person, input)).data.startImport.import;
    const answer = await put(id, file, person);
    if (answer.status !== 202) throw new Error(await answer.text());
    await jobsDone(server().services);
    return read(id, person);
  }

  const eventsOf = async (campaign: { id: string }, person: Person, first = 100) =>
    (
      await as(person).run(
        `query($id: ID!, $first: Int) { events(filter: { campaignId: $id }, first: $first) { nodes {
          id title type review startsOn startsAt timeZone permitStatus version hosts { role organization { id } } turnout { reporting }
          city { slug } location { venue addressLines locality latitude longitude } } } }`,
        { id: campaign.id, first },
      )
    ).data.events.nodes;

  async function campaignWithStaff() {
    const campaign = await a.campaign();
    return { campaign, campaignId: campaign.id, staff: await a.staff(campaign) };
  }

  const waiting = async () => {
    const { campaignId, staff } = await campaignWithStaff();
    const id: string = (await begin(staff, { campaignId })).data.startImport.import.id;
    return { id, staff };
  };

  return { begin, put, read, bring, eventsOf, campaignWithStaff, waiting };
}
