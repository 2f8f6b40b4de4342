import { registerEnumType } from "type-graphql";

/** Where an invitation stands. */
export enum InvitationStatus {
  OPEN = "OPEN",
  ACCEPTED = "ACCEPTED",
  DECLINED = "DECLINED",
  WITHDRAWN = "WITHDRAWN",
}

/** Higher features add what they invite to while they are loaded, before the schema is built. */
export const InvitationKinds: Record<string, string> = {};
export const kindDescriptions: Record<string, { description: string }> = {};
registerEnumType(InvitationKinds, {
  name: "InvitationKind",
  description: "What you are invited to.",
  valuesConfig: kindDescriptions,
});
