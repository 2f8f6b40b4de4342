import { Field, ObjectType } from "type-graphql";
import { Ref } from "../../platform/reading/read.js";
import { Shift } from "./shift.js";
import type { ShiftAnswer } from "./shift.lock.js";
import { shiftShape } from "./shift.shape.js";

@ObjectType({ description: "A shift after a mutation." })
export class ShiftPayload {
  @Field(() => Shift, { description: "The shift as it is now." })
  shift!: Ref;
}

export const shiftPayload = ({ shiftId }: ShiftAnswer): ShiftPayload => ({ shift: new Ref(shiftShape, shiftId) });
