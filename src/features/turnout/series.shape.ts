import { type Args, type Edge, extend, list, type Scope, shape, type Sql } from "../../platform/reading/shape.js";
import { campaignShape } from "../campaigns/index.js";
import { cityShape } from "../cities/index.js";
import { concerned, eventShape } from "../events/index.js";
import { seriesOf, seriesOfEvent } from "./series.sql.js";
import { sums } from "./turnout.shape.js";
import type { Part } from "./turnout.sql.js";
import { mostPoints } from "./turnout.steps.js";

const pointShape = shape("TurnoutPoint", { turnout: sums });

const series = (table: (parent: string, scope: Scope, args: Args) => Sql): Edge =>
  list({
    shape: () => pointShape,
    most: mostPoints,
    order: (row) => `${row}.at`,
    from: (row, parent, scope, args) => ({ table: `${table(parent, scope, args)} ${row}`, where: [] }),
  });

extend(eventShape, {
  turnoutSeries: series((event, scope, args) => seriesOfEvent(event, concerned(event, scope), scope, args)),
});

extend(campaignShape, {
  turnoutSeries: series((campaign, scope, args) => {
    const part: Part = { campaign: `${campaign}.id` };
    if (args.has("city")) part.city = args.id("city", "City");
    if (args.has("region")) part.region = args.bind("region", "text");
    return seriesOf(part, scope, args);
  }),
});

extend(cityShape, {
  turnoutSeries: series((city, scope, args) => {
    const part: Part = { city: `${city}.id` };
    if (args.has("campaign")) part.campaign = args.id("campaign", "Campaign");
    return seriesOf(part, scope, args);
  }),
});
