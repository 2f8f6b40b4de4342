import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { presentInWords } from "../features/events/index.js";
import { type OpenLink, openLink, reportByLink, TurnoutReportStatus } from "../features/turnout/index.js";
import { type Context, type Services, visitorContext } from "../platform/context.js";
import { Refusal } from "../platform/errors.js";
import { addForms, type Typed } from "../platform/http/form.js";
import { type Page, type PageField, sendPage } from "../platform/http/page.js";

interface Link {
  Params: { token: string };
}

const most = 5_000_000;

/** The form, with what was typed; its key makes sending it again harmless, also after an answer that was lost. */
const fields = (typed: Typed, key: string): PageField[] => [
  { name: "low", label: "At least so many people", numeric: true, required: true, value: typed["low"] ?? "" },
  { name: "high", label: "At most so many, if you are not sure", numeric: true, value: typed["high"] ?? "" },
  { name: "words", label: "In your own words, if you like", value: typed["words"] ?? "" },
  { name: "key", value: key },
];

const send = [{ says: "Send" }];

const formOf = async (ctx: Context, { event }: OpenLink, above: string[] = []): Promise<Page> => ({
  title: "How many people are here?",
  text: [...above, ...(await presentInWords(ctx, event)).split("\n"), "Count, or say from where to where it may be."],
  fields: fields({}, randomUUID()),
  buttons: send,
});

/** What was typed as a number; null where nothing was. */
function numberIn(text: string | undefined, what: string): number | null {
  if (!text) return null;
  const digits = text.replaceAll(/[\s,.']/g, "");
  if (!/^\d{1,7}$/.test(digits) || Number(digits) > most)
    throw new Refusal("BAD_USER_INPUT", `${what} must be a whole number from 0 to 5,000,000.`);
  return Number(digits);
}

const thanks: Partial<Record<TurnoutReportStatus, string>> = {
  [TurnoutReportStatus.ACCEPTED]: "Thank you: your count is in.",
  [TurnoutReportStatus.FLAGGED]: "Thank you: your count is in, and somebody will look at it before it counts.",
};

async function report(ctx: Context, token: string, typed: Typed): Promise<Page> {
  const low = numberIn(typed["low"], "At least");
  const high = numberIn(typed["high"], "At most") ?? low;
  const input = { token, low, high, words: typed["words"] || null, idempotencyKey: typed["key"] || null };
  const { link, event, status } = await reportByLink(ctx, input);
  return formOf(ctx, { link, event }, [
    thanks[status] ?? "This count was sent before.",
    "When more come or go, count again:",
  ]);
}

/** A refusal in words; what can be put right is asked for again. */
function refused(error: unknown, typed: Typed): Page {
  if (!(error instanceof Refusal)) throw error;
  const correctable = error.extensions["code"] === "BAD_USER_INPUT";
  return {
    title: correctable ? "That did not work" : "This link takes no reports",
    text: [error.message],
    status: correctable ? 400 : error.extensions["code"] === "NOT_FOUND" ? 404 : 409,
    ...(correctable ? { fields: fields(typed, typed["key"] || randomUUID()), buttons: send } : {}),
  };
}

/** Where a day-of link leads: a form that works without an account, without a script and on a bad network. */
export function addReportPage(app: FastifyInstance, services: Services): void {
  addForms(app, (pages) => {
    pages.get<Link>("/report/:token", async (request, reply) => {
      const ctx = visitorContext(services, request);
      const page = openLink(ctx, request.params.token).then((open) => formOf(ctx, open));
      return sendPage(reply, await page.catch((error: unknown) => refused(error, {})));
    });
    pages.post<Link & { Body: Typed | undefined }>("/report/:token", async (request, reply) => {
      const typed = request.body ?? {};
      const page = report(visitorContext(services, request), request.params.token, typed);
      return sendPage(reply, await page.catch((error: unknown) => refused(error, typed)));
    });
  });
}
