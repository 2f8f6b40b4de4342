import type { FastifyInstance } from "fastify";
import { Refusal } from "../errors.js";
import type { Services } from "../context.js";
import { sendRefusal } from "./refusal.js";

/** For pages of anybody: what is sent is public, and the same for whoever asks. Of what protects pages, data need one header. */
const headers = {
  "access-control-allow-origin": "*",
  "cross-origin-resource-policy": "cross-origin",
  "x-content-type-options": "nosniff",
};

/** Makes of a scope of routes one of open data: any page may read it, and each fault is an answer. */
export function openToAll(routes: FastifyInstance, services: Services): void {
  routes.addHook("onRequest", (_request, reply, done) => {
    // An answer that does not differ by origin is one copy in a cache.
    void reply.headers(headers).removeHeader("vary");
    done();
  });
  routes.setErrorHandler((error, request, reply) => {
    const { status } = (error instanceof Refusal && (error.extensions["http"] as { status?: number })) || {};
    return sendRefusal(services, error, request, reply, status);
  });
}
