import { Field, ID, InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { Kept } from "../campaigns/index.js";
import { ReportingPolicy, TurnoutPublishing } from "./policy.values.js";

@InputType({ description: "A field left out stays as it is." })
export class SetTurnoutPolicyInput extends RepeatableInput {
  @Field(() => ID, { description: "A campaign whose staff you are." })
  campaignId!: string;

  @Field(() => ReportingPolicy, {
    nullable: true,
    description: "Who may report from now on; what is reported stays. NAMED until told; cannot be cleared.",
  })
  @Kept()
  reporting?: ReportingPolicy;

  @Field(() => TurnoutPublishing, {
    nullable: true,
    description: "When everybody may read the numbers, past ones (`asOf`) too. NOW until told; cannot be cleared.",
  })
  @Kept()
  publishing?: TurnoutPublishing;
}
