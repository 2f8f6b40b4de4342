import { IsOptional } from "class-validator";
import { Field, ID, InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { Text } from "../../platform/graphql/text.js";
import { DraftEventInput } from "../events/index.js";
import { EventImportFormat } from "./import.values.js";

@InputType()
export class StartImportInput extends RepeatableInput {
  @Field(() => ID, { description: "The campaign that the events are of; you are its staff." })
  campaignId!: string;

  @Field(() => EventImportFormat, { description: "Which columns the file has." })
  format!: EventImportFormat;

  @Field({
    defaultValue: true,
    description: "Only tell what would become of each row. Then start again with false, and send the same file.",
  })
  dryRun!: boolean;

  @Field({ defaultValue: false, description: "Approve the events at once; else they are drafts of yours." })
  publish!: boolean;

  @Field(() => ID, {
    nullable: true,
    description: "The organization that leads the events; you must be its admin. Left out: you host them yourself.",
  })
  organizationId?: string | null;
}

/** What a row says, checked by the rules of an event that a person drafts. */
export class RowInput extends DraftEventInput {
  @IsOptional()
  @Text(1, 100)
  id?: string;
}
