import { Field, ID, InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { Text } from "../../platform/graphql/text.js";
import { TurnoutInput } from "./turnout.inputs.js";
import { TurnoutSource } from "./turnout.values.js";

@InputType()
export class CreateTurnoutLinkInput extends RepeatableInput {
  @Field(() => ID, { description: "An event that you coordinate." })
  eventId!: string;

  @Field({
    description:
      "Who gets it, or for what, such as “north gate”: 1 to 80 characters. Those who coordinate the event read it.",
  })
  @Text(1, 80)
  label!: string;

  @Field(() => TurnoutSource, {
    nullable: true,
    description:
      "As whose its reports are weighed: PEACEKEEPER unless told, HOST, PRESS, OFFICIAL or PUBLIC; never STAFF.",
  })
  source?: TurnoutSource | null;
}

@InputType()
export class RevokeTurnoutLinkInput extends RepeatableInput {
  @Field(() => ID, { description: "A link of an event that you coordinate." })
  linkId!: string;
}

@InputType()
export class ReportTurnoutByLinkInput extends TurnoutInput {
  @Field({ description: "The token of the link: what stands behind /report/ in its address." })
  token!: string;
}
