import { registerEnumType } from "type-graphql";

export enum QualificationKind {
  MARSHAL_TRAINING = "MARSHAL_TRAINING",
  DE_ESCALATION = "DE_ESCALATION",
  FIRST_AID = "FIRST_AID",
  LEGAL_OBSERVER = "LEGAL_OBSERVER",
}
registerEnumType(QualificationKind, {
  name: "QualificationKind",
  description: "What a person can be cleared for.",
  valuesConfig: {
    MARSHAL_TRAINING: { description: "Keeping a march or a rally safe." },
    DE_ESCALATION: { description: "Calming people and conflicts." },
    FIRST_AID: { description: "Helping the injured until others come." },
    LEGAL_OBSERVER: { description: "Observing the police for those who defend people in court." },
  },
});

export enum QualificationStatus {
  REQUESTED = "REQUESTED",
  CLEARED = "CLEARED",
  DECLINED = "DECLINED",
  REVOKED = "REVOKED",
}
registerEnumType(QualificationStatus, {
  name: "QualificationStatus",
  description: "What an organization has decided on a person. `requestedAt` tells whether it is asked to decide anew.",
  valuesConfig: {
    REQUESTED: { description: "Nothing yet." },
    CLEARED: { description: "Yes, until `expiresAt`." },
    DECLINED: { description: "No; `reason` says why." },
    REVOKED: { description: "No longer; `reason` says why." },
  },
});
