import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What an operator watches; numbers only, no labels that could name a person or a document. */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics(sizes: Record<string, { help: string; value: () => number | Promise<number> }>) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const operations = new Histogram({
    name: "rallygraph_operation_seconds",
    help: "Duration of GraphQL operations over HTTP, by kind and by code of the first error.",
    labelNames: ["operation", "code"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  for (const [name, { help, value }] of Object.entries(sizes)) registry.registerMetric(gauge(name, help, value));
  return { registry, operations };
}

const gauge = (name: string, help: string, value: () => number | Promise<number>): Gauge =>
  new Gauge({
    name,
    help,
    registers: [],
    async collect() {
      this.set(await value());
    },
  });
