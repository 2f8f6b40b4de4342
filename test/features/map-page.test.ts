import { send } from "../support/client.js";
import { barriersOn, chromiumPath, openBrowser, textOfFocus, type Watched } from "../support/browser.js";
import { openWorld } from "../support/world.js";

const { a, as, clock, url } = openWorld({ DEMO: "true" });
const get = (path: string, headers: Record<string, string> = {}) => send(url() + path, "GET", headers);

const campaign = "/map?campaign=january-23";
const own = [
  "map.css",
  "map.js",
  "api.js",
  "card.js",
  "filter.js",
  "list.js",
  "live.js",
  "markers.js",
  "view.js",
  "words.js",
];
const packaged = [
  "maplibre-gl/maplibre-gl.mjs",
  "maplibre-gl/maplibre-gl-worker.mjs",
  "maplibre-gl/maplibre-gl.css",
  "graphql-ws/client.js",
];

describe("the files of the map", () => {
  test.each(["/map/none.js", "/map/../server.ts", "/map/index.html.ts", "/map/maplibre-gl/package.json"])(
    "do not include %s",
    async (path) => expect((await get(path)).status).toBe(404),
  );

  test("may load nothing from elsewhere, run nothing else, and are asked for again by their tag", async () => {
    for (const path of ["/map", ...[...own, ...packaged, "states.geojson"].map((name) => `/map/${name}`)]) {
      const { status, headers } = await get(path);
      expect([path, status]).toEqual([path, 200]);
      const policy = headers["content-security-policy"] as string;
      expect(policy).toMatch(/^default-src 'self'; script-src 'self' 'sha256-[\w+/=]+';/);
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect((await get(path, { "if-none-match": headers.etag! })).status).toBe(304);
    }
  });

  test("name no address of anybody else, but a namespace of XML", async () => {
    for (const path of ["/map", ...own.map((name) => `/map/${name}`)]) {
      const { text } = await get(path);
      expect((text.match(/\w:\/\/[\w.-]+/g) ?? []).filter((address) => address !== "p://www.w3.org")).toEqual([]);
    }
  });

  test("have all states, each with a point for its name", async () => {
    const { features } = JSON.parse((await get("/map/states.geojson")).text);
    const named = (type: string) =>
      features
        .filter(({ geometry }: { geometry: { type: string } }) => geometry.type.endsWith(type))
        .map(({ properties }: { properties: { name: string } }) => properties.name)
        .sort();
    expect(named("Polygon")).toHaveLength(56);
    expect(named("Point")).toEqual(named("Polygon"));
  });
});

if (!chromiumPath) test.skip("the map in a browser: there is no Chromium here; CHROMIUM names one", () => undefined);
else
  describe("the map in a browser", () => {
    const open = openBrowser();
    let it: Watched;

    // One page for all of it, as somebody has it open: drawing maps without a graphics card is slow.
    beforeAll(async () => {
      const host = await a.organization();
      const secret = { title: "Nobody may know", visibility: "PRIVATE" as never, host };
      const { data } = await as().run(`{ campaign(slug: "january-23") { id slug } }`);
      await a.event({ ...secret, campaign: data.campaign });
      it = await open(url(), campaign);
    });

    test("shows the ten cities of January 23 beside the map and on it, asking nobody else", async () => {
      const { page } = it;
      await page.getByText("10 events in view").waitFor();
      expect(await page.locator("#list li").count()).toBe(10);
      await page.locator(".marker").first().waitFor();
      const counts = await page.locator(".marker").allTextContents();
      expect(counts.reduce((sum, text) => sum + Number(text || 1), 0)).toBe(10);
      expect(await page.content()).not.toContain("Nobody may know");
    });

    test("is used by keyboard alone: the card takes the focus and gives it back", async () => {
      const { page } = it;
      await page.keyboard.press("Tab");
      expect(await textOfFocus(page)).toBe("Skip to the list of events");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      const title = (await page.locator("#list .title").first().textContent())!;
      await page.keyboard.press("Enter");
      await page.locator("#card dl").waitFor();
      expect(await textOfFocus(page)).toBe(title);
      await page.keyboard.press("Escape");
      expect(await page.locator("#card").isVisible()).toBe(false);
      expect(await textOfFocus(page)).toContain(title);
    });

    test("moves a number when a report arrives, in the list and on the open card", async () => {
      const { page } = it;
      const row = page.locator("#list .row").first();
      await row.click();
      const number = page.locator(".card-turnout");
      await number.getByText("No number yet").waitFor();
      const { data } = await as().run(`{ campaign(slug: "january-23") { id slug } }`);
      const staff = await a.staff(data.campaign);
      const eventId = (await row.getAttribute("data-event"))!;
      for (const [low, high, says] of [
        [1_200, 1_500, "1,200 to 1,500 people"],
        [1_800, 2_000, "1,800 to 2,000 people"],
      ]) {
        clock.now = new Date(clock.now.getTime() + 60_000);
        await as(staff).reportTurnout({ eventId, low, high });
        await number.getByText(String(says)).waitFor();
        await row.getByText(String(says)).waitFor();
      }
    });

    test.each([
      ["on a desk", 1280, 800, "light"],
      ["on a phone in the dark", 390, 844, "dark"],
      ["on a narrow phone", 360, 640, "light"],
    ] as const)("keeps nobody out %s, with a card or without", async (_where, width, height, colorScheme) => {
      const { page } = it;
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      expect(await barriersOn(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.locator("#filters summary").click();
      expect(await barriersOn(page)).toEqual([]);
      await page.locator("#filters summary").click();
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      await page.locator("#list .row").first().click();
      await page.locator("#card dl").waitFor();
    });

    test("zooms into a cluster that is pressed, until its events come apart", async () => {
      const { page } = it;
      await page.keyboard.press("Escape");
      await page.setViewportSize({ width: 1280, height: 800 });
      const largest = page.locator(".marker.many").first();
      const many = Number(await largest.textContent());
      await largest.focus();
      await page.keyboard.press("Enter");
      await page.getByText(`${many} events in view`).waitFor();
      await page.locator(".marker").nth(1).waitFor();
    });

    test("asked nobody else, and no script failed", () => expect([it.outside, it.errors]).toEqual([[], []]));

    test("says that the server is busy, and comes back by itself", async () => {
      const { page } = it;
      let refused = 0;
      await page.route("**/events.geojson*", (route) =>
        refused++ === 0 ? route.fulfill({ status: 429, headers: { "retry-after": "1" } }) : route.continue(),
      );
      await page.reload();
      await page.getByText("Too many questions at once. Trying again").waitFor();
      await page.locator("#list li").first().waitFor();
      expect(await page.locator("#trouble").isVisible()).toBe(false);
    });
  });
