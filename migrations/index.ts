import { CreateTables1769212800000 } from "./1769212800000-create-tables.js";
import { WidenEvents1795352400000 } from "./1795352400000-widen-events.js";
import { AddPosts1795370400000 } from "./1795370400000-add-posts.js";
import { AddAudit1795348800000 } from "./1795348800000-add-audit.js";

/** In their order; forward only, expand first and contract in a later release. */
export const migrations = [
  CreateTables1769212800000,
  AddAudit1795348800000,
  WidenEvents1795352400000,
  AddPosts1795370400000,
];
