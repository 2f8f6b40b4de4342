import { Field, ObjectType } from "type-graphql";

/** Kept sealed, as JSON, in the event's row. */
@ObjectType({ description: "Whom to ask about an event." })
export class EventContact {
  @Field(() => String, { nullable: true, description: "Name of the person or office." })
  name!: string | null;
  @Field(() => String, { nullable: true, description: "E-mail address." })
  email!: string | null;
  @Field(() => String, { nullable: true, description: "Telephone number, as the hosts wrote it." })
  phone!: string | null;
  @Field({ description: "Whether whoever sees the event sees it; else those who manage the event do." })
  isPublic!: boolean;
}
