import type { GraphQLResolveInfo } from "graphql";
import { Field, ObjectType } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { Refusal } from "../../platform/errors.js";
import { type Answer, read } from "../../platform/reading/read.js";
import { one, shape } from "../../platform/reading/shape.js";
import type { SignupAnswer } from "./own.lock.js";
import { Shift } from "./shift.js";
import { signupShape } from "./shift.shape.js";
import { ShiftSignup } from "./signup.js";

@ObjectType({ description: "A sign-up after a mutation." })
export class ShiftSignupPayload {
  @Field(() => Shift, { nullable: true, description: "The shift as it is now; null when you may no longer see it." })
  shift!: Shift | null;
  @Field(() => ShiftSignup, { description: "The sign-up as it is now." })
  signup!: ShiftSignup;
}

const payloadShape = shape("ShiftSignupPayload", {
  shift: signupShape.fields["shift"]!,
  signup: one({
    shape: () => signupShape,
    from: (row, parent) => ({ table: `shift_signups ${row}`, where: [`${row}.id = ${parent}.id`] }),
  }),
});

const signupWritten = one({
  shape: () => payloadShape,
  from: (row, _parent, scope) => ({
    table: `shift_signups ${row}`,
    where: [`${row}.id = ${scope.bind((run) => run.ids?.[0], "uuid")}`, signupShape.visible(row, scope)],
  }),
});

/** Both are read in one statement: at the hour that sign-up opens, these are most of what is asked. */
export async function signupPayload(
  ctx: Context,
  info: GraphQLResolveInfo,
  { signupId }: Pick<SignupAnswer, "signupId">,
): Promise<Answer> {
  const answer = await read(ctx, info, signupWritten, [signupId]);
  if (!answer) throw new Refusal("NOT_FOUND", "It is gone, or you may no longer see it.");
  return answer;
}
