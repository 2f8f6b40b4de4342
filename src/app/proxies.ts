import type { FastifyInstance } from "fastify";
import type { Config } from "../platform/config.js";
import type { Log } from "../platform/log.js";

/** Which addresses of a request are our own proxies: so many from this server on. */
export const trusted =
  ({ trustProxy }: Pick<Config, "trustProxy">) =>
  (_address: string, hop: number): boolean =>
    hop < trustProxy;

/** Behind a proxy that it does not know of a server takes everybody for one caller: says so, once. */
export function warnOfProxies(app: FastifyInstance, { trustProxy }: Config, log: Log): void {
  if (trustProxy > 0) return;
  let warned = false;
  app.addHook("onRequest", async ({ headers }) => {
    if (warned || headers["x-forwarded-for"] === undefined) return;
    warned = true;
    log.warn(
      "a request came with X-Forwarded-For: if that was a proxy of yours, set TRUST_PROXY, or all share one rate",
    );
  });
}
