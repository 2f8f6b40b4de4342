import { existsSync } from "node:fs";
import { source as axe } from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** Chromium, where this machine has one. */
export const chromiumPath = [process.env["CHROMIUM"], "/usr/bin/chromium"].find((path) => path && existsSync(path));

/** Nothing but this machine is found by name, and WebGL is drawn without a graphics card. */
const args = [
  "--no-sandbox",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** A page, and what it has done so far. */
export interface Watched {
  page: Page;
  /** Addresses that are not of the server. */
  outside: string[];
  /** Errors of scripts, and answers that are errors. */
  errors: string[];
}

/** A browser for one test file. */
export function openBrowser() {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath!, args });
  });
  afterAll(() => browser.close());

  return async (url: string, path: string, options: BrowserContextOptions = {}): Promise<Watched> => {
    const context = await browser.newContext({ reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    const [outside, errors]: [string[], string[]] = [[], []];
    context.on("request", (request) => {
      if (!request.url().startsWith(`${url}/`) && !/^(blob|data):/.test(request.url())) outside.push(request.url());
    });
    context.on("response", (response) => {
      if (response.status() >= 400) errors.push(`${response.status()} ${response.url()}`);
    });
    page.on("pageerror", ({ message }) => errors.push(message));
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    await page.goto(url + path);
    return { page, outside, errors };
  };
}

/** What axe-core finds that keeps somebody out: rule and element. */
export async function barriersOn(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}

export const textOfFocus = (page: Page): Promise<string> => page.evaluate("document.activeElement.textContent.trim()");
