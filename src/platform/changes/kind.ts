/** What a message of a subscription, or a change of the log, says. */
export enum ChangeKind {
  CREATED = "CREATED",
  UPDATED = "UPDATED",
  PUBLISHED = "PUBLISHED",
  CANCELLED = "CANCELLED",
  MERGED = "MERGED",
  HIDDEN = "HIDDEN",
  DELETED = "DELETED",
  REMOVED = "REMOVED",
  RESYNC = "RESYNC",
}
