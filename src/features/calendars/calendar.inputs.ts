import { InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";

@InputType()
export class MakeCalendarLinkInput extends RepeatableInput {}

@InputType()
export class RemoveCalendarLinkInput extends RepeatableInput {}
