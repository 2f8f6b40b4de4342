import { globalIdSql } from "../../platform/database/ids.js";
import { Erased, personal } from "../../platform/personal.js";

personal("event_imports.created_by", {
  erased: Erased.LINK,
  shows: { id: globalIdSql("EventImport", "t.id"), format: "t.format", status: "t.status", at: "t.created_at" },
});
