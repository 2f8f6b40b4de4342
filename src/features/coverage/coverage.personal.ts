import { globalIdSql } from "../../platform/database/ids.js";
import { Erased, personal } from "../../platform/personal.js";

personal("coverage.suggested_by", {
  erased: Erased.LINK,
  shows: { id: globalIdSql("Coverage", "t.id"), title: "t.title", url: "t.url", status: "t.status", at: "t.added_at" },
});
