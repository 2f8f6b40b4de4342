import { Socket } from "node:net";
import { Client, type ClientConfig, type Pool } from "pg";
import { DataSource } from "typeorm";
import {
  Campaign,
  CampaignEdit,
  CampaignOrganizer,
  CampaignStaff,
  CampaignTrust,
  CityPledges,
  Demand,
  Endorsement,
  EndorsementStep,
  PledgeMark,
} from "../features/campaigns/index.js";
import { Announcement } from "../features/announcements/index.js";
import { CalendarLink } from "../features/calendars/index.js";
import { City } from "../features/cities/index.js";
import { Coverage } from "../features/coverage/index.js";
import { DispatchName, DispatchPledge } from "../features/dispatch/index.js";
import {
  CheckInCode,
  ContactShowing,
  CoordinatorMessage,
  DutyTimes,
  MessageRecipient,
  PeacekeeperMessage,
  StaffingAlert,
} from "../features/duty/index.js";
import {
  EarlierTimes,
  Event,
  EventFollow,
  EventIdentifier,
  EventReminder,
  EventHost,
  EventRoleAssignment,
  EventVersion,
} from "../features/events/index.js";
import { EventImport, ImportFile, ImportProblem } from "../features/imports/index.js";
import { ApiKey } from "../features/keys/index.js";
import { LetterStop, QueuedLetter } from "../features/letters/index.js";
import { Membership, Organization } from "../features/organizations/index.js";
import { Invitation, Person, Session, SignInCode, SiteStaff } from "../features/people/index.js";
import { Attendance, Qualification, Training } from "../features/qualifications/index.js";
import { Rsvp, RsvpCounter } from "../features/rsvps/index.js";
import {
  KeptHours,
  KnownPeacekeeper,
  PeacekeeperRow,
  Shift,
  ShiftSignup,
  ShiftSwap,
  RoleRequirement,
  ShiftTemplateRun,
  StaffingPlan,
  ShiftTally,
  SignupStep,
} from "../features/shifts/index.js";
import { CallOut, CoverRequest } from "../features/covers/index.js";
import {
  EventTurnout,
  TurnoutLink,
  TurnoutLinkKey,
  TurnoutMoment,
  TurnoutNudge,
  TurnoutPolicy,
  TurnoutReport,
  TurnoutReporter,
  TurnoutStep,
  TurnoutTotal,
} from "../features/turnout/index.js";
import { Webhook, WebhookDelivery } from "../features/webhooks/index.js";
import { Naming } from "../platform/database/naming.js";
import { migrations } from "../../migrations/index.js";

/** All tables that have an entity. */
export const entities = [
  City,
  Person,
  SignInCode,
  Session,
  SiteStaff,
  QueuedLetter,
  LetterStop,
  Invitation,
  Organization,
  Membership,
  Campaign,
  CampaignEdit,
  CampaignOrganizer,
  CampaignTrust,
  Demand,
  CampaignStaff,
  Endorsement,
  EndorsementStep,
  CityPledges,
  PledgeMark,
  Event,
  EventHost,
  EventRoleAssignment,
  EventVersion,
  EarlierTimes,
  EventFollow,
  EventIdentifier,
  EventReminder,
  Announcement,
  Coverage,
  Rsvp,
  RsvpCounter,
  Qualification,
  Training,
  Attendance,
  Shift,
  ShiftSignup,
  RoleRequirement,
  ShiftTemplateRun,
  SignupStep,
  ShiftSwap,
  CallOut,
  CoverRequest,
  StaffingPlan,
  KnownPeacekeeper,
  PeacekeeperRow,
  DispatchPledge,
  DispatchName,
  DutyTimes,
  CheckInCode,
  StaffingAlert,
  PeacekeeperMessage,
  MessageRecipient,
  CoordinatorMessage,
  ContactShowing,
  KeptHours,
  ShiftTally,
  CalendarLink,
  TurnoutReporter,
  TurnoutLink,
  TurnoutLinkKey,
  TurnoutReport,
  EventTurnout,
  TurnoutMoment,
  TurnoutTotal,
  TurnoutNudge,
  TurnoutPolicy,
  TurnoutStep,
  EventImport,
  ImportFile,
  ImportProblem,
  ApiKey,
  Webhook,
  WebhookDelivery,
];

/** A statement may take so long, an idle transaction less: one stuck client must not hold the change log back. */
const sessionSettings =
  // Selections are long statements over few rows: compiling them takes longer than running them.
  "-c jit=off -c statement_timeout=15000 -c idle_in_transaction_session_timeout=10000 -c lock_timeout=10000 -c TimeZone=UTC -c default_transaction_isolation=read\\ committed";

/** A connection that is lost while it is checked out emits more errors than its borrowers listen for: each would end the process. */
class SturdyClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    // Whoever waits for an answer is told of the loss by the rejected query.
    this.on("error", () => undefined);
  }
}

/** Statements of one turn of the event loop leave in one write: each write wakes PostgreSQL, which costs more than most of them. */
class GatheringSocket extends Socket {
  override uncork(): void {
    process.nextTick(() => super.uncork());
  }
}

export const createDataSource = (url: string, poolSize: number, onPoolError: (error: Error) => void): DataSource =>
  new DataSource({
    type: "postgres",
    url,
    entities,
    migrations,
    migrationsTableName: "migrations",
    namingStrategy: new Naming(),
    logging: false,
    poolSize,
    poolErrorHandler: onPoolError,
    connectTimeoutMS: 15_000,
    extra: {
      options: sessionSettings,
      keepAlive: true,
      Client: SturdyClient,
      pipeline: true,
      stream: () => new GatheringSocket(),
    },
  });

/** The pool below TypeORM, for statements that are read straight through. */
export const poolOf = (dataSource: DataSource): Pool => (dataSource.driver as unknown as { master: Pool }).master;
