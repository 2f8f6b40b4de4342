import { readNode } from "../../platform/graphql/node.js";
import { messageOf } from "../../platform/reading/message.js";
import { connection, type Edge, extend, list, one, type Shape, shape, thingOf } from "../../platform/reading/shape.js";
import { campaignShape, staffOfCampaign } from "../campaigns/index.js";
import { cityShape } from "../cities/index.js";
import { concerned, eventShape, visible } from "../events/index.js";
import { ofEventOf, reportedByViewer, reviewed } from "./report.policy.js";
import { type Part, turnoutOf, turnoutOfEvent } from "./turnout.sql.js";

const turnoutShape = shape("Turnout");

/** The sums of a part that begins from a row of the parent. */
const sumsOf = (part: (parent: string) => Part): Edge =>
  one({
    shape: () => turnoutShape,
    from: (row, parent, scope, args) => ({ table: `${turnoutOf(part(parent), scope, { args })} ${row}`, where: [] }),
  });

const ofEvent = one({
  shape: () => turnoutShape,
  from: (row, parent, scope, args) => ({
    table: `${turnoutOfEvent(parent, concerned(parent, scope), scope, args)} ${row}`,
    where: [],
  }),
});

/** The sums that a row of a list has beside what it is of. */
export const sums = one({
  shape: () => turnoutShape,
  from: (row, parent) => ({ table: `(SELECT ${parent}.*) ${row}`, where: [] }),
});

const cityRow = shape("CityTurnout", {
  city: one({
    shape: () => cityShape,
    from: (row, parent) => ({ table: `cities ${row}`, where: [`${row}.id = ${parent}.id`] }),
  }),
  turnout: sums,
});
const regionRow = shape("RegionTurnout", { turnout: sums });

extend(eventShape, { turnout: ofEvent });

extend(campaignShape, {
  turnout: sumsOf((parent) => ({ campaign: `${parent}.id` })),
  turnoutByCity: connection({
    shape: () => cityRow,
    descending: true,
    order: [{ sql: (row) => `COALESCE(${row}.high, -1)`, type: "int" }],
    from: (row, parent, scope, args) => ({
      table: `${turnoutOf(partOf(parent, args), scope, { args, by: "c.id" })} ${row}`,
      where: [],
    }),
  }),
  turnoutByRegion: list({
    shape: () => regionRow,
    order: (row) => `${row}.country, ${row}.region`,
    from: (row, parent, scope, args) => ({
      table: `${turnoutOf({ campaign: `${parent}.id` }, scope, { args, by: "c.country, c.region" })} ${row}`,
      where: [],
    }),
  }),
});

function partOf(parent: string, args: Parameters<Extract<Edge, { kind: "list" }>["from"]>[3]): Part {
  const campaign = `${parent}.id`;
  return args.has("region") ? { campaign, region: args.bind("region", "text") } : { campaign };
}

extend(cityShape, {
  turnout: one({
    shape: () => turnoutShape,
    from: (row, parent, scope, args) => {
      const part: Part = { city: `${parent}.id` };
      if (args.has("campaign")) part.campaign = args.id("campaign", "Campaign");
      return { table: `${turnoutOf(part, scope, { args })} ${row}`, where: [] };
    },
  }),
});

const changed = (turnout: Edge): Shape => ({
  type: "TurnoutChangedMessage",
  fields: {
    turnout,
    event: one({
      shape: () => eventShape,
      from: (row, parent, scope) => ({
        table: `events ${row}`,
        where: [`${row}.id = ${parent}.changed[cardinality(${parent}.changed)]`, visible(row, scope)],
      }),
    }),
    events: list({
      shape: () => eventShape,
      order: (row) => `${row}.id`,
      from: (row, parent, scope) => ({
        table: `events ${row}`,
        where: [`${row}.id = ANY (${parent}.changed)`, visible(row, scope)],
      }),
    }),
  },
});

shape("TurnoutChangedMessage");
const about = { id: "uuid", changed: "uuid[]" };
/** The message of each thing whose turnout can be followed. */
export const turnoutMessages = {
  Campaign: messageOf(changed(sumsOf((row) => ({ campaign: `${row}.id` }))), about),
  City: messageOf(changed(sumsOf((row) => ({ city: `${row}.id` }))), about),
  Event: messageOf(changed(eventAndTurnout()), about),
};

/** The turnout of an event that a message is about. */
function eventAndTurnout(): Edge {
  return one({
    shape: () => turnoutShape,
    from: (row, parent, scope, args) => {
      const event = scope.alias();
      const turnout = turnoutOfEvent(event, concerned(event, scope), scope, args);
      return {
        table: `events ${event} CROSS JOIN LATERAL ${turnout} ${row}`,
        where: [`${event}.id = ${parent}.id`, visible(event, scope)],
      };
    },
  });
}

export const reporterShape = readNode("TurnoutReporter", {
  table: "turnout_reporters",
  visible: (row, scope) =>
    `(${staffOfCampaign(`${row}.scope_id`, scope)}
      OR EXISTS (SELECT 1 FROM turnout_reports vr JOIN events ve ON ve.id = vr.event_id
                 WHERE vr.reporter_id = ${row}.id AND ${visible("ve", scope)} AND ${reviewed("ve", scope)}))`,
  fields: {},
});

export const reportShape = readNode("TurnoutReport", {
  table: "turnout_reports",
  visible: (row, scope) => `(${ofEventOf(row, scope, concerned)} OR ${reportedByViewer(row, scope)})`,
  fields: {
    event: thingOf(() => eventShape, "event_id"),
    corrects: thingOf(() => reportShape, "corrects_id"),
    reporter: thingOf(() => reporterShape, "reporter_id"),
  },
});
