import { byCityDay, noSize, type Row } from "./rows.js";

/** The server, and who reports of what there. */
export interface Target {
  url: string;
  tokenOf: (reporter: string) => string;
  /** The event of a city-day, as clients know it. */
  eventOf: (cityDay: string) => string;
}

export interface Loaded {
  sized: number;
  wordsOnly: number;
  /** Rows that say nothing; as they are they were refused, so they went as words. */
  empty: number;
  refused: number;
  /** The report of each row, by the row's id. */
  reports: Map<string, string>;
  /** What was refused and should not have been. */
  faults: string[];
}

const atOnce = 8;
const mutation = `mutation($input: ReportTurnoutInput!) { reportTurnout(input: $input) { report { id low high words status } } }`;

interface Reported {
  id: string;
  low: number | null;
  high: number | null;
  words: string | null;
  status: string;
}

interface Answer<Data> {
  data: Data | null;
  errors?: { message: string; extensions: { code: string } }[];
}

/** One operation over HTTP. */
export async function ask<Data>(url: string, query: string, variables: object, token?: string): Promise<Answer<Data>> {
  const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers,
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer<Data>;
}

/** Sends each row as its collector would: those of a city one after the other, eight cities at once. */
export async function load(target: Target, rows: Row[]): Promise<Loaded> {
  const loaded: Loaded = { sized: 0, wordsOnly: 0, empty: 0, refused: 0, reports: new Map(), faults: [] };
  const days = byCityDay(rows);
  const worker = async (): Promise<void> => {
    for (let day = days.pop(); day; day = days.pop()) for (const row of day) await send(target, row, loaded);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return loaded;
}

async function send(target: Target, row: Row, loaded: Loaded): Promise<void> {
  const input = {
    eventId: target.eventOf(row.cityDay),
    // Noon to evening, and the same day, wherever in the country.
    observedAt: `${row.date}T20:00:00Z`,
    idempotencyKey: row.id,
    count: row.size,
    words: row.words,
  };
  const token = target.tokenOf(row.reporter);
  const empty = row.size === null && row.words === null;
  if (empty) await expectRefusal(target, { ...input, idempotencyKey: `${row.id}-empty` }, token, loaded);
  const said = empty ? { ...input, words: noSize } : input;
  const { data, errors } = await ask<{ reportTurnout: { report: Reported } }>(
    target.url,
    mutation,
    { input: said },
    token,
  );
  if (!data) return void loaded.faults.push(`${row.id}: ${errors?.[0]?.message}`);
  const { id, ...report } = data.reportTurnout.report;
  const wanted = { low: row.size, high: row.size, words: said.words, status: "ACCEPTED" };
  if (JSON.stringify(report) !== JSON.stringify(wanted))
    loaded.faults.push(`${row.id}: is kept as ${JSON.stringify(report)}, not ${JSON.stringify(wanted)}`);
  loaded.reports.set(row.id, id);
  loaded[empty ? "empty" : row.size === null ? "wordsOnly" : "sized"]++;
}

async function expectRefusal(target: Target, input: object, token: string, loaded: Loaded): Promise<void> {
  const { errors } = await ask(target.url, mutation, { input }, token);
  if (errors?.[0]?.message.startsWith("input.count: is missing")) loaded.refused++;
  else loaded.faults.push(`a report of nothing was taken: ${JSON.stringify(input)}`);
}
