import type { Admitted } from "../platform/limits/query.js";
import type { Log } from "../platform/log.js";
import type { Metrics } from "../platform/metrics.js";

/** An operation as log and metrics know it: never its variables. */
export interface Operation {
  kind: string;
  name: string | undefined;
  cost: number;
}

export const operationOf = ({ operation, cost }: Admitted): Operation => ({
  kind: operation.operation,
  name: operation.name?.value.slice(0, 60),
  cost,
});

/** Notes an answer; `code` is that of its first error as the client sees it. */
export function note(
  { log, metrics }: { log: Log; metrics: Metrics },
  requestId: string,
  started: number,
  { operation, code }: { operation: Operation | undefined; code: string | undefined },
): void {
  const ms = Math.round((performance.now() - started) * 10) / 10;
  metrics.operations.observe({ operation: operation?.kind ?? "none", code: code ?? "OK" }, ms / 1000);
  log.info(
    { requestId, operation: operation?.kind, name: operation?.name, cost: operation?.cost, ms, code },
    "request",
  );
}
