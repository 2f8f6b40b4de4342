import { Erased, personal } from "../../platform/personal.js";

personal("calendar_links.person_id", { erased: Erased.ROW, shows: { madeAt: "t.made_at" } });
