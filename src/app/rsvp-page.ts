import type { FastifyInstance } from "fastify";
import { type Event, Occurrence } from "../features/events/index.js";
import { cancelRsvp, confirmRsvp, rsvpOfLink, RsvpStatus } from "../features/rsvps/index.js";
import { type Context, type Services, visitorContext } from "../platform/context.js";
import { Refusal } from "../platform/errors.js";
import { addForms, type Typed } from "../platform/http/form.js";
import { type Page, sendPage } from "../platform/http/page.js";

interface Link {
  Params: { token: string };
}

const unknown: Page = {
  title: "This link leads nowhere",
  text: [
    "The RSVP was not confirmed in time, or the link was cut off. Open it again from the mail, or RSVP once more.",
  ],
  status: 404,
};

const titles: Record<RsvpStatus, string> = {
  [RsvpStatus.PENDING]: "Do you come?",
  [RsvpStatus.GOING]: "You are going",
  [RsvpStatus.WAITLISTED]: "You are on the waitlist",
  [RsvpStatus.CANCELLED]: "Your RSVP is cancelled",
};

const confirmButton = { says: "Yes, I come", act: "confirm" };
const cancelButton = { says: "Cancel my RSVP", act: "cancel" };
const buttons: Partial<Record<RsvpStatus, Page["buttons"]>> = {
  [RsvpStatus.PENDING]: [confirmButton, cancelButton],
  [RsvpStatus.GOING]: [cancelButton],
  [RsvpStatus.WAITLISTED]: [cancelButton],
};

const off: Partial<Record<Occurrence, string>> = {
  [Occurrence.CANCELLED]: "This event is cancelled",
  [Occurrence.POSTPONED]: "This event is postponed",
};

/** What an RSVP is for; an RSVP says nothing of whether the event takes place. */
function eventLines(event: Event | null, words: string | null): string[] {
  if (!event || words === null) return ["The event is no longer there, or no longer for you to see."];
  const note = off[event.occurrence];
  const why = event.occurrenceReason ? ` Why: ${event.occurrenceReason}` : "";
  return [...words.split("\n"), ...(note ? [`${note}.${why}`] : [])];
}

/** A cancelled event takes no confirmation, so its page offers none. */
const offers = (status: RsvpStatus, event: Event | null): Page["buttons"] =>
  !event || event.occurrence === Occurrence.CANCELLED
    ? buttons[status]?.filter((button) => button !== confirmButton)
    : buttons[status];

async function pageOf(ctx: Context, token: string): Promise<Page> {
  const found = await rsvpOfLink(ctx, token);
  if (!found) return unknown;
  const { event, words } = found;
  const { status, guests } = found.rsvp;
  const party = guests === 0 ? "You alone." : `You and ${guests} ${guests === 1 ? "guest" : "guests"}.`;
  const actions = offers(status, event);
  return {
    title: (actions && event && off[event.occurrence]) || titles[status],
    text: [...eventLines(event, words), ...(actions ? [party] : [])],
    ...(actions ? { buttons: actions } : {}),
  };
}

const acts = { confirm: confirmRsvp, cancel: cancelRsvp };

/** Does what the pressed button says, and shows how the RSVP stands then. */
async function press(ctx: Context, token: string, act: string | null): Promise<Page> {
  try {
    if (act === "confirm" || act === "cancel") await acts[act](ctx, { token });
    return await pageOf(ctx, token);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.extensions["code"] === "NOT_FOUND") return unknown;
    return { title: "That did not work", text: [error.message], status: 409 };
  }
}

/** Where the links of RSVP mails lead. Mail scanners follow links: only a button changes something. */
export function addRsvpPage(app: FastifyInstance, services: Services): void {
  addForms(app, (pages) => {
    pages.get<Link>("/rsvp/:token", async (request, reply) =>
      sendPage(reply, await pageOf(visitorContext(services, request), request.params.token)),
    );
    pages.post<Link & { Body: Typed | undefined }>("/rsvp/:token", async (request, reply) => {
      const act = request.body?.["act"] ?? null;
      return sendPage(reply, await press(visitorContext(services, request), request.params.token, act));
    });
  });
}
