import type { FastifyInstance } from "fastify";

/** What was typed into a form, by the names of its fields. */
export type Typed = Partial<Record<string, string>>;

const longest = 4_096;

/** Adds routes of pages whose forms are posted: a body is a form, or refused. */
export function addForms(app: FastifyInstance, add: (pages: FastifyInstance) => void): void {
  void app.register((pages, _options, ready) => {
    pages.removeAllContentTypeParsers();
    pages.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: longest },
      (_request, body, parsed) => parsed(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    add(pages);
    ready();
  });
}
