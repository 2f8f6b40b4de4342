import { MaxLength } from "class-validator";
import { Field, InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";

@InputType()
export class EraseMyDataInput extends RepeatableInput {
  @Field({ description: "The words `erase everything`, to show that you mean it; it cannot be undone." })
  @MaxLength(100)
  confirm!: string;
}
