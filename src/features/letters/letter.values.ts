/** Why a letter was not sent after all. */
export enum DropReason {
  /** What it told of is no longer so. */
  PAST = "PAST",
  /** The recipient wants no such letters. */
  STOPPED = "STOPPED",
  /** The mail server takes none for the recipient's address. */
  REFUSED = "REFUSED",
}
