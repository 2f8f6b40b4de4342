import { compare } from "../../bench/collectors/compare.js";
import { load } from "../../bench/collectors/load.js";
import { byCityDay, readRows } from "../../bench/collectors/rows.js";
import { truthOf } from "../../bench/collectors/truth.js";
import { openWorld } from "../support/world.js";

const { a, as, clock, url } = openWorld();

/** Invented, in the form of the file that `npm run bench -- collectors` loads. */
const sample = `id,reporter,date,locality,state,lat,lng,time_zone,venue,size,size_text,source_count
report-01,North,2026-01-23,minneapolis,mn,,,,City Hall,200,,2
report-02,South,2026-01-23,minneapolis,mn,,,,,1000,"about 1,000",1
report-03,East,2026-01-23,minneapolis,mn,,,,,350,"a ""few"" hundred",1
report-04,West,2026-01-23,minneapolis,mn,,,,,,hundreds,3
report-05,North,2026-01-23,oakland,ca,,,,,80,,1
report-06,South,2026-01-23,oakland,ca,,,,,95,nearly 100,1
report-07,North,2026-01-23,oakland,ca,,,,,70,,1
report-08,Hill,2026-01-23,fort-bragg,ca,,,,,,,1
report-09,North,2026-01-23,fort-bragg,ca,,,,,,,1
report-10,Hill,2026-01-23,saint-paul,mn,,,,,1,one,1
report-11,South,2026-01-23,rochester,mn,,,,,,dozens,1
report-12,East,2026-01-23,rochester,mn,,,,,0,nobody came,1
`;

test("collectors who disagree: least, greatest, median and every sum are those of the file itself", async () => {
  clock.now = new Date("2026-01-23T21:00:00Z");
  const rows = readRows(sample);
  const campaign = await a.campaign();
  const people = new Map<string, Awaited<ReturnType<typeof a.person>>>();
  for (const { reporter } of rows) if (!people.has(reporter)) people.set(reporter, await a.person());
  const events = new Map<string, string>();
  for (const [{ cityDay, locality, state }] of byCityDay(rows) as [(typeof rows)[number]][]) {
    const event = await a.event({ campaign, city: `${locality}-${state}` });
    for (const person of people.values()) await a.reporter(event, person);
    events.set(cityDay, event.id);
  }
  const target = {
    url: url(),
    tokenOf: (reporter: string) => {
      // Of two words of one collector the one that came later counts: no two come at once.
      clock.now = new Date(clock.now.getTime() + 1);
      return people.get(reporter)!.token;
    },
    eventOf: (cityDay: string) => events.get(cityDay)!,
  };
  const loaded = await load(target, rows);
  expect(loaded).toMatchObject({ sized: 8, wordsOnly: 2, empty: 2, refused: 2, faults: [] });
  expect(await load(target, rows)).toEqual(loaded);

  const truth = truthOf(sample);
  expect(truth.get("2026-01-23|minneapolis|mn")).toEqual({
    reports: 4,
    lowest: 200,
    highest: 1_000,
    median: 350,
    current: 350,
  });
  expect(await compare(target, campaign.slug, truth)).toEqual({
    cityDays: 5,
    known: 4,
    cities: 5,
    campaign: { low: 421, high: 421, reporting: 4, scheduled: 5, reports: 12 },
    differences: [],
  });
  const { data } = await as().run(`query($id: ID!) { event(id: $id) { turnout { low lowest median reports } } }`, {
    id: events.get("2026-01-23|fort-bragg|ca"),
  });
  expect(data.event.turnout).toEqual({ low: null, lowest: null, median: null, reports: 2 });

  const other = truthOf(sample.replace("1000,", "1001,"));
  expect((await compare(target, campaign.slug, other)).differences).toEqual([
    expect.stringMatching(/^2026-01-23\|minneapolis\|mn: is .*"highest":1000.* should be .*"highest":1001/),
  ]);
});
