import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { feature } from "topojson-client";
import { Answers } from "../platform/http/answers.js";
import { projectFile } from "../platform/files.js";

const page = "index.html";
const ownFolder = projectFile("src/app/map");
const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
};

/** Folders that files are served from as they are, and which of their files. */
const folders = [
  { at: "", folder: ownFolder, served: /\.(css|js)$/ },
  {
    at: "maplibre-gl/",
    folder: path.join(path.dirname(require.resolve("maplibre-gl/package.json")), "dist"),
    served: /^maplibre-gl(-worker|-shared)?\.mjs$|^maplibre-gl\.css$/,
  },
  {
    at: "graphql-ws/",
    folder: path.dirname(require.resolve("graphql-ws/client")),
    served: /^(client|common-[\w-]+)\.js$/,
  },
];

/** `GET /map`: a map of public events that asks only what anybody may ask; nothing of it comes from elsewhere. */
export function addMap(app: FastifyInstance): void {
  const unchanging = { settled: () => Promise.resolve(), isSettled: true, version: "", changedAt: new Date() };
  const policy = policyOf(readFileSync(path.join(ownFolder, page), "utf8"));
  const answers = new Answers(unchanging, () => new Date(), Infinity);
  const send = async (
    request: FastifyRequest,
    reply: FastifyReply,
    type: string,
    make: () => Promise<string | Buffer>,
  ) => {
    void reply.header("content-security-policy", policy);
    return answers.reply(request, reply, { key: request.routeOptions.url!, type, make });
  };
  const sendFile = (address: string, file: string): void => {
    app.get(address, (request, reply) => send(request, reply, types[path.extname(file)]!, () => readFile(file)));
  };
  sendFile("/map", path.join(ownFolder, page));
  for (const { at, folder, served } of folders)
    for (const name of readdirSync(folder).filter((name) => served.test(name)))
      sendFile(`/map/${at}${name}`, path.join(folder, name));
  app.get("/map/states.geojson", (request, reply) =>
    send(request, reply, "application/geo+json; charset=utf-8", states),
  );
}

/** The one script within the page says where modules are found; it is allowed by its hash. */
function policyOf(html: string): string {
  const script = /<script type="importmap">(.*?)<\/script>/s.exec(html)![1]!;
  const hash = createHash("sha256").update(script).digest("base64");
  return [
    "default-src 'self'",
    `script-src 'self' 'sha256-${hash}'`,
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join("; ");
}

type Ring = [east: number, north: number][];

const round = (_key: string, value: unknown): unknown =>
  typeof value === "number" ? Math.round(value * 1e4) / 1e4 : value;

/** The outlines of the states, to a few metres, and for each a point in its largest part, for its name. */
async function states(): Promise<string> {
  const text = await readFile(require.resolve("us-atlas/states-10m.json"), "utf8");
  const atlas = JSON.parse(text) as Parameters<typeof feature>[0];
  const outlines = feature(atlas, atlas.objects["states"] as Parameters<typeof feature>[1]);
  const features = "features" in outlines ? outlines.features : [];
  const names = features.map(({ geometry, properties }) => {
    const { type, coordinates } = geometry as { type: string; coordinates: Ring[] | Ring[][] };
    const rings = type === "Polygon" ? [coordinates[0] as Ring] : coordinates.map((part) => part[0] as Ring);
    const parts = rings.map(middleOf).sort((one, other) => other.area - one.area);
    return { type: "Feature", properties, geometry: { type: "Point", coordinates: parts[0]!.middle } };
  });
  return JSON.stringify({ type: "FeatureCollection", features: [...features, ...names] }, round);
}

/** How large a ring is, on paper, and where its middle is: the shoelace formula. */
function middleOf(ring: Ring): { area: number; middle: number[] } {
  let [twice, east, north] = [0, 0, 0];
  for (const [index, [x, y]] of ring.slice(0, -1).entries()) {
    const [nextX, nextY] = ring[index + 1]!;
    const cross = x * nextY - nextX * y;
    twice += cross;
    east += (x + nextX) * cross;
    north += (y + nextY) * cross;
  }
  return { area: Math.abs(twice), middle: [east / twice / 3, north / twice / 3] };
}
