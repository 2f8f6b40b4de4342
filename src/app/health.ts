import type { FastifyInstance } from "fastify";
import type { Pool } from "pg";
import type { Metrics } from "../platform/metrics.js";

/** Whether this node may get traffic; goes down before anything else does on stop. */
export interface Readiness {
  stopping: boolean;
}

/** `/livez`: the process answers. `/readyz`: it should get traffic. `/metrics`: Prometheus text. */
export function addHealth(app: FastifyInstance, pool: Pool, readiness: Readiness, metrics: Metrics): void {
  app.get("/livez", () => ({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    if (readiness.stopping) return reply.code(503).send({ status: "stopping" });
    const answers = await pool.query("SELECT 1").then(
      () => true,
      () => false,
    );
    return reply.code(answers ? 200 : 503).send({ status: answers ? "ok" : "database unavailable" });
  });
  app.get("/metrics", async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
}
