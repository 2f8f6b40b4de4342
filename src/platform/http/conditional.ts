import type { IncomingHttpHeaders } from "node:http";

const oneSecondMs = 1_000;

/** A cache may keep it, and asks each time whether it is still true: that costs one answer without a body. */
export const freshAlways = "public, max-age=0, must-revalidate";

/**
 * HTTP tells times in whole seconds: the second after the change, and nothing while it is not over, so that who was
 * answered between two changes of one second is not told that nothing has changed.
 */
export function lastModified(changedAt: Date, now: Date): Date | undefined {
  const next = new Date((Math.floor(changedAt.getTime() / oneSecondMs) + 1) * oneSecondMs);
  return next <= now ? next : undefined;
}

/** Whether the reader says that it has this answer: by its tag, and only without one by its time (RFC 9110, 13.2.2). */
export function isKnown(headers: IncomingHttpHeaders, etag: string, modified: Date | undefined): boolean {
  const tags = headers["if-none-match"];
  if (tags !== undefined) return tags.trim() === "*" || tags.split(",").some((tag) => bare(tag) === bare(etag));
  const since = headers["if-modified-since"];
  return since !== undefined && modified !== undefined && Date.parse(since) >= modified.getTime();
}

const bare = (tag: string): string => tag.trim().replace(/^W\//, "");
