import { Arg, Ctx, Field, FieldResolver, ID, ObjectType, Query, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { byShape } from "../../platform/reading/read.js";
import { Organization } from "../organizations/index.js";
import { ViewerAccount } from "../people/index.js";
import { OrganizationHours, PeacekeeperHours } from "./hours.js";
import { viewerHours } from "./hours.shape.js";
import { eventRoster } from "./roster.service.js";
import { Shift } from "./shift.js";
import { ShiftTally } from "./shift.tally.js";
import "./tally.shape.js";

@ObjectType({ description: "Who stands where at an event." })
class EventRoster {
  @Field({
    description:
      "A line for each sign-up (RFC 4180, UTF-8; no cell is a formula): role, starts, ends, time zone, status, name, checked in, left.",
  })
  csv!: string;
}

@Resolver(() => ViewerAccount)
export class RecordsResolver {
  @Query(() => EventRoster, {
    description:
      "Who stands where at an event, with names, but no address and no number; only for those who coordinate it. That you have looked is in the audit trail.",
  })
  async eventRoster(
    @Ctx() ctx: Context,
    @Arg("eventId", () => ID, { description: "An event that you coordinate." }) eventId: string,
  ): Promise<EventRoster> {
    return { csv: await eventRoster(ctx, eventId) };
  }

  @FieldResolver(() => PeacekeeperHours, { description: "How much you have stood as a peacekeeper." })
  hours(@Ctx() ctx: Context): Promise<PeacekeeperHours> {
    return viewerHours(ctx);
  }
}

@Resolver(() => Shift)
export class ShiftAttendanceResolver {
  @FieldResolver(() => ShiftTally, {
    nullable: true,
    description:
      "Who came, as counts that stay when the names are erased; only for those who coordinate the event, else null.",
  })
  attendance(): never {
    return byShape();
  }
}

@Resolver(() => Organization)
export class OrganizationHoursResolver {
  @FieldResolver(() => OrganizationHours, {
    nullable: true,
    description:
      "How much its members have stood as peacekeepers, for its owners and admins; null for others, and where fewer than 3 members have.",
  })
  peacekeeperHours(): never {
    return byShape();
  }
}
