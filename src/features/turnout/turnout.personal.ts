import { globalIdSql } from "../../platform/database/ids.js";
import { Erased, personal } from "../../platform/personal.js";

const reportsOf = `FROM turnout_reports r WHERE r.reporter_id = t.id`;

personal("turnout_reporters.person_id", {
  erased: Erased.LINK,
  shows: {
    reports: `(SELECT COALESCE(json_agg(json_build_object('id', ${globalIdSql("TurnoutReport", "r.id")},
      'event', ${globalIdSql("Event", "r.event_id")}, 'low', r.low, 'high', r.high, 'words', r.words, 'note', r.note,
      'evidenceUrl', r.evidence_url, 'observedAt', r.observed_at, 'status', r.status, 'retractReason', r.retract_reason) ORDER BY r.received_at, r.id), '[]') ${reportsOf})`,
  },
});
