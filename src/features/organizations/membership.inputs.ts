import { IsEmail, MaxLength } from "class-validator";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { ForwardArgs } from "../../platform/graphql/connection.js";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { MembershipRole } from "./organization.values.js";

@InputType()
export class InviteMemberInput extends RepeatableInput {
  @Field(() => ID, { description: "An organization that you own or are an admin of." })
  organizationId!: string;

  @Field({ description: "The address that the person signs in with; need not have an account yet." })
  @MaxLength(254)
  @IsEmail({}, { message: "must be an e-mail address, such as ana@example.org" })
  email!: string;

  @Field(() => MembershipRole, {
    defaultValue: MembershipRole.MEMBER,
    description: "What the person would be; admins invite to MEMBER only, owners to any.",
  })
  role!: MembershipRole;
}

@InputType()
export class ChangeMemberRoleInput extends RepeatableInput {
  @Field(() => ID, { description: "An organization that you own." })
  organizationId!: string;

  @Field(() => ID, { description: "A member's `personId`, as `organizationMembers` tells it." })
  personId!: string;

  @Field(() => MembershipRole, { description: "What the person may do from now on." })
  role!: MembershipRole;
}

@InputType()
export class RemoveMemberInput extends RepeatableInput {
  @Field(() => ID, { description: "An organization that you own or are an admin of." })
  organizationId!: string;

  @Field(() => ID, { description: "A member's `personId`; admins remove members only, owners anybody." })
  personId!: string;
}

@InputType()
export class LeaveOrganizationInput extends RepeatableInput {
  @Field(() => ID, { description: "An organization that you belong to." })
  organizationId!: string;
}

@ArgsType()
export class MembersArgs extends ForwardArgs {
  @Field(() => ID, { description: "An organization that you own or are an admin of." })
  organizationId!: string;
}
