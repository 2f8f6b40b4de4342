import { globalIdSql } from "../../platform/database/ids.js";
import { Erased, personal } from "../../platform/personal.js";

personal("turnout_reports.reporter_id", {
  erased: Erased.LINK,
  shows: {
    id: globalIdSql("TurnoutReport", "t.id"),
    event: globalIdSql("Event", "t.event_id"),
    low: "t.low",
    high: "t.high",
    words: "t.words",
    observedAt: "t.observed_at",
  },
});
