import type { FastifyInstance } from "fastify";
import { ruruHTML } from "ruru/server";
import { getStaticFile } from "ruru/static";

const staticPath = "/explorer/static/";

/** GraphiQL, from files of the npm package only: works without any outside connection. */
export function addExplorer(app: FastifyInstance): void {
  const html = ruruHTML({ staticPath, endpoint: "/graphql", subscriptionEndpoint: "/graphql" });
  const policy =
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self' ws: wss:";
  app.get("/", (_request, reply) => reply.redirect("/explorer"));
  app.get("/explorer", (_request, reply) =>
    reply.header("content-security-policy", policy).type("text/html").send(html),
  );
  app.get(`${staticPath}*`, async (request, reply) => {
    const file = await getStaticFile({
      staticPath,
      urlPath: request.url.split("?")[0]!,
      acceptEncoding: request.headers["accept-encoding"],
      disallowDevAssets: true,
    });
    return file ? reply.headers(file.headers).send(file.content) : reply.code(404).send({ status: "not found" });
  });
}
