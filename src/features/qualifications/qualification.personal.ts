import { globalIdSql } from "../../platform/database/ids.js";
import { Erased, personal } from "../../platform/personal.js";

personal("qualifications.person_id", {
  erased: Erased.ROW,
  shows: {
    id: globalIdSql("Qualification", "t.id"),
    organization: globalIdSql("Organization", "t.organization_id"),
    kind: "t.kind",
    status: "t.status",
    requestedAt: "t.requested_at",
    decidedAt: "t.decided_at",
    expiresAt: "t.expires_at",
    reason: "t.reason",
    beforeTraining: "t.before_training",
  },
  opens: { name: "t.name_sealed" },
});
personal("attendances.qualification_id", {
  erased: Erased.ROW,
  of: "t.qualification_id IN (SELECT id FROM qualifications WHERE person_id = $1)",
  shows: {
    qualification: globalIdSql("Qualification", "t.qualification_id"),
    event: globalIdSql("Event", "t.event_id"),
    at: "t.at",
    until: "t.until",
  },
});
