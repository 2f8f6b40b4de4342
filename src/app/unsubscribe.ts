import type { FastifyInstance } from "fastify";
import { stopLetters, stopOf } from "../features/letters/index.js";
import { type Services, visitorContext } from "../platform/context.js";
import { type Page, sendPage } from "../platform/http/page.js";

interface Link {
  Params: { token: string };
}

const unknown: Page = {
  title: "This link is not valid",
  text: ["It may have been cut off. Open it again from the mail, or copy it whole."],
  status: 404,
};

const asked = (all: boolean): Page => ({
  title: all ? "Stop all mails?" : "Stop mails about this?",
  text: [
    all
      ? "You will get no more mails from us, except those that you ask for, such as a sign-in code."
      : "You will get no more mails about what that mail was about. Other mails still come.",
  ],
  buttons: [{ says: all ? "Stop all mails" : "Stop these mails" }],
});

const done = (all: boolean): Page => ({
  title: "Done",
  text: [all ? "You will get no more mails, except those that you ask for." : "You will get no more mails about this."],
});

/** Where the links of mails lead. Mail scanners follow links: only the button, or a mail program's own (RFC 8058), stops. */
export function addUnsubscribe(app: FastifyInstance, services: Services): void {
  void app.register((pages, _options, ready) => {
    // One-click comes as a form of either kind; what it says is nothing that the address doesn't.
    pages.removeAllContentTypeParsers();
    pages.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: 4_096 }, (_request, _body, parsed) => parsed(null));
    pages.get<Link>("/unsubscribe/:token", (request, reply) => {
      const stop = stopOf(services.secrets, request.params.token);
      return sendPage(reply, stop ? asked(stop.all) : unknown);
    });
    pages.post<Link>("/unsubscribe/:token", async (request, reply) => {
      const stop = stopOf(services.secrets, request.params.token);
      if (!stop) return sendPage(reply, unknown);
      await stopLetters(visitorContext(services, request), stop);
      return sendPage(reply, done(stop.all));
    });
    ready();
  });
}
