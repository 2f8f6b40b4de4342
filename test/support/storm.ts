import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { post } from "./client.js";
import type { ServerProcess } from "./process.js";

/** Servers of one database; those that still run are asked. */
export interface Cluster {
  servers: ServerProcess[];
  /** The server of a number, or the next that runs. */
  pick(n: number): ServerProcess;
  runs(): boolean;
}

export function clusterOf(servers: ServerProcess[]): Cluster {
  const running = (): ServerProcess[] =>
    servers.filter(({ child }) => child.exitCode === null && child.signalCode === null);
  return { servers, pick: (n) => running()[n % running().length]!, runs: () => running().length > 0 };
}

/** Somebody who follows a subscription whatever happens to servers: comes back with the last position. */
export interface Follower<Message> {
  messages: Message[];
  returns: number;
  stop(): void;
}

interface Positioned {
  position: string;
}

interface Followed {
  query: string;
  variables: Record<string, unknown>;
  /** Where to begin. */
  after: string;
}

/** Follows a subscription field that takes `after`; comes back by itself until it is stopped. */
export function follow<Message extends Positioned>(cluster: Cluster, n: number, of: Followed): Follower<Message> {
  const messages: Message[] = [];
  let stopped = false;
  let leave = (): void => undefined;
  const follower: Follower<Message> = {
    messages,
    returns: 0,
    stop: () => {
      stopped = true;
      leave();
    },
  };
  const sit = (): void => {
    if (stopped || !cluster.runs()) return;
    const client = createClient({
      url: `${cluster.pick(n).url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    leave = () => void client.dispose();
    let left = false;
    const back = (): void => {
      if (left || stopped) return;
      left = true;
      follower.returns++;
      setImmediate(sit);
    };
    client.subscribe(
      { query: of.query, variables: { ...of.variables, after: messages.at(-1)?.position ?? of.after } },
      {
        next: (result) => messages.push(Object.values(result.data ?? {})[0] as Message),
        error: back,
        complete: back,
      },
    );
  };
  sit();
  return follower;
}

interface Call {
  query: string;
  variables: Record<string, unknown>;
  token: string;
}

/** Sends a call with its idempotency key again and again, to whichever server runs, until one answers. */
export async function insist(cluster: Cluster, n: number, { query, variables, token }: Call): Promise<string> {
  for (;;) {
    const reply = await post(cluster.pick(n).url, query, variables, token).catch(() => undefined);
    if (reply && reply.code !== "TEMPORARILY_UNAVAILABLE") return reply.code;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
