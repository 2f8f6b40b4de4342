import { Field, ID, ObjectType } from "type-graphql";
import { connectionOf } from "../../platform/graphql/connection.js";
import { DateTime } from "../../platform/graphql/scalars.js";

@ObjectType({ description: "Who did what to which. It holds no personal data, and is never changed." })
export class AuditEntry {
  @Field(() => DateTime, { description: "When it was done." })
  at!: Date;

  @Field({ description: "What was done: the name of the mutation." })
  action!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      "An opaque id of the person who did it, the same wherever that person acts; null: the server by itself.",
  })
  actor!: string | null;

  @Field({ description: "Whether it was you." })
  actorIsYou!: boolean;

  @Field({ description: "The type of what it was done to." })
  subjectType!: string;

  @Field(() => ID, { description: "The id of what it was done to; that may be gone, or not for you to see." })
  subjectId!: string;

  @Field(() => [String], { description: "Names of the fields that became different, where that is known." })
  fields!: string[];
}

export const AuditEntryConnection = connectionOf("AuditEntry", () => AuditEntry);
