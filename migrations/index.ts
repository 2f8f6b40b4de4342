import { CreateTables1769212800000 } from "./1769212800000-create-tables.js";
import { CreateLetters1769303000000 } from "./1769303000000-create-letters.js";
import { CheckPlaces1795357110000 } from "./1795357110000-check-places.js";
import { AddPosts1795370400000 } from "./1795370400000-add-posts.js";
import { AddAudit1795348800000 } from "./1795348800000-add-audit.js";
import { WidenEvents1795352400000 } from "./1795352400000-widen-events.js";
import { AddInvitations1795352450000 } from "./1795352450000-add-invitations.js";
import { GrowCampaigns1795352500000 } from "./1795352500000-grow-campaigns.js";
import { CreateRsvps1795356000000 } from "./1795356000000-create-rsvps.js";
import { IndexPeople1795374100000 } from "./1795374100000-index-people.js";
import { DropRefusedLetters1795374000000 } from "./1795374000000-drop-refused-letters.js";
import { CreateImports1795359600000 } from "./1795359600000-create-imports.js";

/** In their order; forward only, expand first and contract in a later release. */
export const migrations = [
  CreateTables1769212800000,
  CreateLetters1769303000000,
  AddAudit1795348800000,
  WidenEvents1795352400000,
  AddInvitations1795352450000,
  GrowCampaigns1795352500000,
  CreateRsvps1795356000000,
  CheckPlaces1795357110000,
  AddPosts1795370400000,
  CreateImports1795359600000,
  DropRefusedLetters1795374000000,
  IndexPeople1795374100000,
];
