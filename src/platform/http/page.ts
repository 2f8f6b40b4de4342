import { createHash } from "node:crypto";
import type { FastifyReply } from "fastify";

/** A field of a form; with a `value` and without `label` it is only sent back. */
export interface PageField {
  name: string;
  label?: string;
  value?: string;
  /** A whole number, typed on digits. */
  numeric?: boolean;
  required?: boolean;
}

/** A small page for whoever follows a link of a mail. */
export interface Page {
  title: string;
  /** Paragraphs. */
  text: string[];
  /** What its buttons say, and what pressing one posts as `act` to the page's own address. */
  buttons?: { says: string; act?: string }[];
  /** What its form asks for; posted under `name` with the button. */
  fields?: PageField[];
  status?: number;
}

const style = `
body { margin: 0 auto; max-width: 34rem; padding: 2rem 1rem; font: 1.125rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; }
h1 { font-size: 1.5rem; line-height: 1.25; }
button { min-height: 3rem; padding: 0 1.5rem; border: 0; border-radius: 0.25rem; font: inherit; color: #fff; background: #1d4ed8; }
input { box-sizing: border-box; width: 100%; min-height: 3rem; padding: 0 0.75rem; border: 1px solid #767676; border-radius: 0.25rem; font: inherit; color: inherit; background: inherit; }
button:focus-visible, input:focus-visible { outline: 3px solid #1a1a1a; outline-offset: 3px; }
@media (prefers-color-scheme: dark) { body { color: #f2f2f2; background: #16181d; } button:focus-visible, input:focus-visible { outline-color: #f2f2f2; } }
`;

/** No script, nothing from elsewhere, in nobody's frame, in no index and no cache; its address goes nowhere else. */
const headers = {
  "content-security-policy": `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  "x-robots-tag": "noindex",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character]!);

const buttonHtml = ({ says, act }: { says: string; act?: string }): string =>
  `<button type="submit"${act === undefined ? "" : ` name="act" value="${escape(act)}"`}>${escape(says)}</button>`;

function fieldHtml({ name, label, value = "", numeric, required }: PageField): string {
  const common = `name="${escape(name)}" value="${escape(value)}"`;
  if (!label) return `<input type="hidden" ${common}>`;
  const kind = numeric ? 'inputmode="numeric" pattern="[0-9]*"' : 'maxlength="200"';
  return `<p><label>${escape(label)}<br><input type="text" autocomplete="off" ${kind} ${common}${required ? " required" : ""}></label></p>`;
}

const formHtml = ({ buttons = [], fields = [] }: Page): string =>
  buttons.length === 0
    ? ""
    : `<form method="post">${fields.map(fieldHtml).join("\n")}${buttons.map(buttonHtml).join(" ")}</form>`;

const html = ({ title, text, ...form }: Page): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escape(title)}</h1>
${text.map((paragraph) => `<p>${escape(paragraph)}</p>`).join("\n")}
${formHtml({ title, text, ...form })}
</main>
</body>
</html>
`;

/** Answers with a page. */
export const sendPage = (reply: FastifyReply, page: Page): FastifyReply =>
  reply
    .code(page.status ?? 200)
    .headers(headers)
    .type("text/html; charset=utf-8")
    .send(html(page));
