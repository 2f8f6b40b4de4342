import { shareEvents } from "../../src/features/events/index.js";
import { TurnoutSource, verifyTurnouts } from "../../src/features/turnout/index.js";
import { addReports } from "../../src/features/turnout/report.add.js";
import { voiceOf } from "../../src/features/turnout/reporter.voice.js";
import { systemContext } from "../../src/platform/context.js";
import { fromGlobalId, toGlobalId } from "../../src/platform/database/ids.js";
import { transact } from "../../src/platform/database/transact.js";
import { seeded } from "../support/seeded.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, another, server, url } = openWorld();

const faults = async (): Promise<string[]> => (await verifyTurnouts(server().services)).faults;

/** What stands in the table of one person's reports. */
async function standing(person: Person): Promise<{ report: string; reporter: string; accepted: boolean }[]> {
  const rows: { id: string; reporter_id: string; status: string }[] = await server().services.db.query(
    `SELECT r.id, r.reporter_id, r.status FROM turnout_reports r JOIN turnout_reporters q ON q.id = r.reporter_id
     WHERE q.person_id = $1 ORDER BY r.received_at, r.id`,
    [person.id],
  );
  return rows.map(({ id, reporter_id, status }) => ({
    report: toGlobalId("TurnoutReport", id),
    reporter: toGlobalId("TurnoutReporter", reporter_id),
    accepted: status === "ACCEPTED",
  }));
}

test("two nodes that know an event's reports count what the other one has added, corrected, taken back or silenced", async () => {
  const nodes = [
    url,
    (
      (elsewhere) => () =>
        elsewhere
    )((await another()).url),
  ];
  const campaign = await a.campaign();
  const [event, staff] = [await a.event({ campaign }), await a.staff(campaign)];
  const reporters = [await a.reporter(event), await a.reporter(event), await a.reporter(event)];
  const random = seeded(20_260_123);
  const oneOf = <Thing>(things: Thing[]): Thing => things[Math.floor(random() * things.length)]!;
  for (const reporter of reporters) await as(reporter).reportTurnout({ eventId: event.id, count: 100 });
  const silent = new Set<string>();
  for (let act = 0; act < 60; act++) {
    const [reporter, node] = [oneOf(reporters), oneOf(nodes)];
    const count = 90 + Math.floor(random() * 20);
    const latest = (await standing(reporter)).at(-1)!;
    const by = (person: Person, name: string, input: object) => as(person, node).call(name, input, "__typename");
    const acts = {
      report: () => by(reporter, "reportTurnout", { eventId: event.id, count }),
      correct: () => by(reporter, "correctTurnoutReport", { reportId: latest.report, count }),
      retract: () => by(reporter, "retractTurnoutReport", { reportId: latest.report }),
      silence: () => {
        const lifted = silent.delete(latest.reporter);
        if (!lifted) silent.add(latest.reporter);
        const input = { campaignId: campaign.id, reporterIds: [latest.reporter], reason: "Wild" };
        return by(staff, lifted ? "liftQuarantines" : "quarantineReporters", input);
      },
    };
    const names = Object.keys(acts) as (keyof typeof acts)[];
    const name = oneOf(latest.accepted ? names : (["report", "silence"] as const).slice());
    expect([name, (await acts[name]()).code]).toEqual([name, "OK"]);
    expect([act, name, await faults()]).toEqual([act, name, []]);
  }
});

test("a try that was given up leaves nothing behind in what the node knows", async () => {
  const event = await a.event();
  const reporter = await a.reporter(event);
  const report = (count: number) => as(reporter).reportTurnout({ eventId: event.id, count });
  await report(100);
  const { services } = server();
  const id = fromGlobalId("Event", event.id, "id");
  const given = transact(systemContext(services), "reportTurnout", async (tx) => {
    const shared = (await shareEvents(tx, [id])).get(id)!;
    const voice = { reporterId: await voiceOf(tx, shared, null), quarantined: false, source: TurnoutSource.PRESS };
    const [added] = await addReports(tx, [
      { ...voice, event: shared, input: { count: 105 }, correctsId: null, actorId: null },
    ]);
    expect(added).toMatchObject({ row: { status: "ACCEPTED" } });
    throw new Error("the node loses its database");
  });
  await expect(given).rejects.toThrow("the node loses its database");
  expect((await report(102)).code).toBe("OK");
  expect(await faults()).toEqual([]);
  const { data } = await as().run("query($id: ID!) { node(id: $id) { ... on Event { turnout { reports } } } }", {
    id: event.id,
  });
  expect(data.node.turnout.reports).toBe(2);
});
