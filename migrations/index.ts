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
import { GrowShifts1795377600000 } from "./1795377600000-grow-shifts.js";
import { PlanShifts1795381000000 } from "./1795381000000-plan-shifts.js";
import { AddPeacekeepers1795378000000 } from "./1795378000000-add-peacekeepers.js";
import { AssignShifts1795382000000 } from "./1795382000000-assign-shifts.js";
import { SwapShifts1795382100000 } from "./1795382100000-swap-shifts.js";
import { CallOut1795382200000 } from "./1795382200000-call-out.js";
import { AddDuty1795383000000 } from "./1795383000000-add-duty.js";
import { AddCalendars1795384000000 } from "./1795384000000-add-calendars.js";
import { KeepCounts1795384100000 } from "./1795384100000-keep-counts.js";
import { KeepCoverCounts1795387000000 } from "./1795387000000-keep-cover-counts.js";
import { CreateImports1795359600000 } from "./1795359600000-create-imports.js";
import { AddQualifications1795380000000 } from "./1795380000000-add-qualifications.js";
import { AddDispatch1795385000000 } from "./1795385000000-add-dispatch.js";
import { CountOnDuty1795385100000 } from "./1795385100000-count-on-duty.js";
import { GrowTurnout1795435200000 } from "./1795435200000-grow-turnout.js";
import { CloseTurnout1795435500000 } from "./1795435500000-close-turnout.js";
import { AddTurnoutLinks1795435600000 } from "./1795435600000-add-turnout-links.js";
import { ReviewReports1795435300000 } from "./1795435300000-review-reports.js";
import { AddNudges1795435700000 } from "./1795435700000-add-nudges.js";
import { StampTurnouts1795530000000 } from "./1795530000000-stamp-turnouts.js";
import { SearchEvents1795522100000 } from "./1795522100000-search-events.js";
import { AddIdentifiers1795522110000 } from "./1795522110000-add-identifiers.js";
import { AddApiKeys1795522400000 } from "./1795522400000-add-api-keys.js";
import { IndexPublications1795522600000 } from "./1795522600000-index-publications.js";
import { NoteUnmadeMessages1795522700000 } from "./1795522700000-note-unmade-messages.js";
import { AddWebhooks1795522500000 } from "./1795522500000-add-webhooks.js";
import { RequireQualifications1795386000000 } from "./1795386000000-require-qualifications.js";

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
  CreateImports1795359600000,
  AddPosts1795370400000,
  DropRefusedLetters1795374000000,
  IndexPeople1795374100000,
  GrowShifts1795377600000,
  AddPeacekeepers1795378000000,
  AddQualifications1795380000000,
  PlanShifts1795381000000,
  AssignShifts1795382000000,
  SwapShifts1795382100000,
  CallOut1795382200000,
  AddDuty1795383000000,
  AddCalendars1795384000000,
  KeepCounts1795384100000,
  AddDispatch1795385000000,
  CountOnDuty1795385100000,
  RequireQualifications1795386000000,
  KeepCoverCounts1795387000000,
  GrowTurnout1795435200000,
  ReviewReports1795435300000,
  CloseTurnout1795435500000,
  AddTurnoutLinks1795435600000,
  AddNudges1795435700000,
  SearchEvents1795522100000,
  AddIdentifiers1795522110000,
  AddApiKeys1795522400000,
  IndexPublications1795522600000,
  NoteUnmadeMessages1795522700000,
  AddWebhooks1795522500000,
  StampTurnouts1795530000000,
];
