import { GraphQLEnumType, GraphQLObjectType, GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { buildSchemaSync, getMetadataStorage, type PubSub } from "type-graphql";
import { AnnouncementResolver, EventAnnouncementsResolver } from "../features/announcements/announcement.resolver.js";
import { AuditResolver } from "../features/audits/audit.resolver.js";
import { CalendarResolver } from "../features/calendars/calendar.resolver.js";
import { CampaignResolver } from "../features/campaigns/campaign.resolver.js";
import { DemandResolver } from "../features/campaigns/demand.resolver.js";
import { EndorsementResolver, OrganizationEndorsementsResolver } from "../features/campaigns/endorsement.resolver.js";
import { CampaignPledgesResolver, PledgesResolver } from "../features/campaigns/pledge.resolver.js";
import { CampaignStaffResolver } from "../features/campaigns/staff.resolver.js";
import { TrustResolver } from "../features/campaigns/trust.resolver.js";
import { ChangeResolver } from "../features/changes/change.resolver.js";
import { CityResolver } from "../features/cities/city.resolver.js";
import { CoverResolver, ShiftCallOutsResolver, ViewerCoversResolver } from "../features/covers/cover.resolver.js";
import { CoverageResolver, EventCoverageResolver } from "../features/coverage/coverage.resolver.js";
import { PeacekeeperContactResolver } from "../features/duty/contact.resolver.js";
import { DutyResolver, EventDutyResolver, SignupTimesResolver } from "../features/duty/duty.resolver.js";
import { PeacekeeperMessageResolver } from "../features/duty/message.resolver.js";
import {
  DispatchResolver,
  EventDispatchesResolver,
  OrganizationDispatchesResolver,
} from "../features/dispatch/dispatch.resolver.js";
import {
  EventEdgesResolver,
  OrganizationEventsResolver,
  ViewerEventsResolver,
} from "../features/events/event.edges.resolver.js";
import { EventDetailsResolver } from "../features/events/details.resolver.js";
import { EventIdentifierResolver } from "../features/events/identifier.resolver.js";
import { EventResolver } from "../features/events/event.resolver.js";
import { EventFollowResolver } from "../features/events/follow.resolver.js";
import { EventLifeResolver } from "../features/events/life.resolver.js";
import { KeyResolver } from "../features/keys/key.resolver.js";
import { MembershipResolver } from "../features/organizations/membership.resolver.js";
import {
  CampaignImportsResolver,
  EventImportProblemsResolver,
  ImportResolver,
} from "../features/imports/import.resolver.js";
import { MapResolver } from "../features/map/map.resolver.js";
import { OrganizationResolver } from "../features/organizations/organization.resolver.js";
import { ParentResolver } from "../features/organizations/parent.resolver.js";
import { OrganizationReviewResolver } from "../features/organizations/review.resolver.js";
import { EraseResolver } from "../features/people/erase.resolver.js";
import { InvitationResolver } from "../features/people/invitation.resolver.js";
import { PersonResolver } from "../features/people/person.resolver.js";
import { QualificationResolver } from "../features/qualifications/qualification.resolver.js";
import { TrainingResolver } from "../features/qualifications/training.resolver.js";
import { EventRsvpsResolver, RsvpResolver, ViewerRsvpsResolver } from "../features/rsvps/rsvp.resolver.js";
import { AssignResolver } from "../features/shifts/assign.resolver.js";
import { ShiftPlanResolver, StaffingTargetResolver } from "../features/shifts/plan.resolver.js";
import { PeacekeeperResolver } from "../features/shifts/peacekeeper.resolver.js";
import {
  OrganizationHoursResolver,
  RecordsResolver,
  ShiftAttendanceResolver,
} from "../features/shifts/records.resolver.js";
import { RequirementResolver } from "../features/shifts/requirement.resolver.js";
import {
  EventShiftsResolver,
  ShiftResolver,
  ShiftSignupsResolver,
  ViewerShiftsResolver,
} from "../features/shifts/shift.resolver.js";
import { ShiftSwapsResolver, SwapResolver, ViewerSwapsResolver } from "../features/shifts/swap.resolver.js";
import {
  CampaignStaffingResolver,
  EventStaffingResolver,
  StaffingResolver,
} from "../features/staffing/staffing.resolver.js";
import { CampaignReportersResolver, QuarantineResolver } from "../features/turnout/quarantine.resolver.js";
import { ClosingResolver, EventClosingResolver } from "../features/turnout/closing.resolver.js";
import { TurnoutPolicyResolver } from "../features/turnout/policy.resolver.js";
import { LinkResolver } from "../features/turnout/link.resolver.js";
import { ReportLifeResolver } from "../features/turnout/life.resolver.js";
import {
  CampaignReportsResolver,
  EventReportsResolver,
  ViewerReportsResolver,
} from "../features/turnout/report.lists.resolver.js";
import { MissingResolver } from "../features/turnout/missing.resolver.js";
import { ReportResolver } from "../features/turnout/report.resolver.js";
import {
  CampaignSeriesResolver,
  CitySeriesResolver,
  EventSeriesResolver,
} from "../features/turnout/series.resolver.js";
import {
  CampaignTurnoutResolver,
  CityTurnoutResolver,
  EventTurnoutResolver,
  TurnoutResolver,
} from "../features/turnout/turnout.resolver.js";
import {
  ViewerWebhooksResolver,
  WebhookDeliveriesResolver,
  WebhookDeliveryResolver,
  WebhookResolver,
} from "../features/webhooks/webhook.resolver.js";
import { ErrorCode, ErrorReason } from "../platform/errors.js";
import { NodeResolver } from "../platform/graphql/node.js";
import { validateArgument } from "../platform/graphql/validate.js";
import { hasShape } from "../platform/reading/shape.js";

// type-graphql asks for one; its default crashes the server when a subscriber stops reading (TRAPS 1).
const noPubSub: PubSub = {
  publish: () => {
    throw new Error("Record a change instead: platform/changes.");
  },
  subscribe: () => {
    throw new Error("Give the subscription a live source instead: platform/changes/live.");
  },
};

function build(): GraphQLSchema {
  // A field without a resolver is read as platform/reading does it: from an answer, or as something still to be read.
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers = true;
  const schema = buildSchemaSync({
    resolvers: [
      NodeResolver,
      PersonResolver,
      InvitationResolver,
      EraseResolver,
      CityResolver,
      OrganizationResolver,
      OrganizationReviewResolver,
      ParentResolver,
      MembershipResolver,
      CampaignResolver,
      DemandResolver,
      TrustResolver,
      EndorsementResolver,
      OrganizationEndorsementsResolver,
      CampaignPledgesResolver,
      PledgesResolver,
      CampaignStaffResolver,
      EventResolver,
      EventDetailsResolver,
      EventIdentifierResolver,
      EventLifeResolver,
      EventEdgesResolver,
      OrganizationEventsResolver,
      ViewerEventsResolver,
      AnnouncementResolver,
      EventAnnouncementsResolver,
      CoverageResolver,
      EventCoverageResolver,
      EventFollowResolver,
      RsvpResolver,
      EventRsvpsResolver,
      ViewerRsvpsResolver,
      QualificationResolver,
      TrainingResolver,
      ShiftResolver,
      ShiftPlanResolver,
      RequirementResolver,
      StaffingTargetResolver,
      ShiftSignupsResolver,
      AssignResolver,
      SwapResolver,
      ShiftSwapsResolver,
      ViewerSwapsResolver,
      CoverResolver,
      ShiftCallOutsResolver,
      ViewerCoversResolver,
      PeacekeeperResolver,
      EventShiftsResolver,
      ViewerShiftsResolver,
      DispatchResolver,
      EventDispatchesResolver,
      OrganizationDispatchesResolver,
      StaffingResolver,
      EventStaffingResolver,
      CampaignStaffingResolver,
      DutyResolver,
      SignupTimesResolver,
      EventDutyResolver,
      PeacekeeperMessageResolver,
      PeacekeeperContactResolver,
      RecordsResolver,
      OrganizationHoursResolver,
      ShiftAttendanceResolver,
      CalendarResolver,
      ReportResolver,
      MissingResolver,
      QuarantineResolver,
      CampaignReportersResolver,
      ClosingResolver,
      EventClosingResolver,
      TurnoutPolicyResolver,
      LinkResolver,
      ReportLifeResolver,
      EventReportsResolver,
      CampaignReportsResolver,
      ViewerReportsResolver,
      TurnoutResolver,
      EventTurnoutResolver,
      CampaignTurnoutResolver,
      CityTurnoutResolver,
      EventSeriesResolver,
      CampaignSeriesResolver,
      CitySeriesResolver,
      MapResolver,
      AuditResolver,
      ImportResolver,
      EventImportProblemsResolver,
      CampaignImportsResolver,
      ChangeResolver,
      KeyResolver,
      WebhookResolver,
      WebhookDeliveryResolver,
      WebhookDeliveriesResolver,
      ViewerWebhooksResolver,
    ],
    pubSub: noPubSub,
    validateFn: validateArgument,
  });
  for (const type of Object.values(schema.getTypeMap())) if (type instanceof GraphQLObjectType) unwrap(type);
  return withErrorCatalogue(schema);
}

/** Types that are read by a shape hold answers, not instances: their fields come from there. */
function unwrap(type: GraphQLObjectType): void {
  type.isTypeOf = undefined;
  const shaped = hasShape(type.name) || /(Connection|Edge|^PageInfo)$/.test(type.name);
  for (const field of Object.values(type.getFields())) if (shaped) delete field.resolve;
}

/** Codes and reasons are in no field, but clients generate them from the schema. */
function withErrorCatalogue(schema: GraphQLSchema): GraphQLSchema {
  const config = schema.toConfig();
  const catalogue = [
    enumOf("ErrorCode", "Every `extensions.code` of an error.", ErrorCode),
    enumOf("ErrorReason", "Every `extensions.reason` of an error.", ErrorReason),
  ];
  return new GraphQLSchema({ ...config, types: [...config.types, ...catalogue] });
}

const enumOf = (name: string, description: string, values: Record<string, string>): GraphQLEnumType =>
  new GraphQLEnumType({ name, description, values: Object.fromEntries(Object.values(values).map((v) => [v, {}])) });

let built: GraphQLSchema | undefined;

/** The schema of this process; built once, for type-graphql's storage is shared. */
export const theSchema = (): GraphQLSchema => (built ??= build());

/** The schema as it is committed in schema.graphql. */
export const printedSchema = (): string => `${printSchema(lexicographicSortSchema(theSchema()))}\n`;
