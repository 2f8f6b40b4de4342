const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** How long after one try the next one is. */
const waits = [
  5 * seconds,
  30 * seconds,
  2 * minutes,
  10 * minutes,
  30 * minutes,
  1 * hours,
  3 * hours,
  6 * hours,
  12 * hours,
  24 * hours,
  24 * hours,
];
/** So that receivers who fail together are not tried together. */
const jitter = 0.2;
const waitAtMost = 24 * hours;

/** For so long a message is tried, and a webhook may fail. */
export const triedForMs = 72 * hours;

/** When a message is tried again after so many tries that failed; null: never. */
export function nextTry(
  { attempts, triedFrom }: { attempts: number; triedFrom: Date },
  now: Date,
  retryAfter: string | undefined,
  random: () => number = Math.random,
): Date | null {
  const usual = waits[attempts - 1];
  if (usual === undefined) return null;
  const asked = Math.min(askedFor(retryAfter, now), waitAtMost);
  const next = now.getTime() + Math.max(usual * (1 + jitter * random()), asked);
  return next > triedFrom.getTime() + triedForMs ? null : new Date(next);
}

/** How long a receiver asks to be left alone: in seconds, or until a date. */
function askedFor(retryAfter: string | undefined, now: Date): number {
  if (retryAfter === undefined) return 0;
  const ms = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * seconds : Date.parse(retryAfter) - now.getTime();
  return Number.isFinite(ms) ? Math.max(ms, 0) : 0;
}
