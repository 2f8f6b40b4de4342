import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { text as textOf } from "node:stream/consumers";
import { type Client as WsClient, createClient } from "graphql-ws";
import WebSocket from "ws";

/** Whatever JSON a document asked for. */
type Json = any;

/** What a call came to, in short. */
export interface Reply<Data = Json> {
  /** "OK", or the code of the first error. */
  code: string;
  reason: string | undefined;
  fields: { path: string; reason: string }[];
  message: string;
  data: Data;
  status: number;
  body: { data?: Data; errors?: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[] };
}

const agent = new Agent({ keepAlive: true });

/** What came back over HTTP. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** A request, over connections that are kept: thousands a minute, where `fetch` spends more time than the server. */
export function send(url: string, method: string, headers: Record<string, string>, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method, headers, agent }, (response) => {
      const { statusCode, headers: given } = response;
      textOf(response).then((text) => resolve({ status: statusCode!, headers: given, text }), reject);
    });
    asking.on("error", reject);
    asking.end(body);
  });
}

/** Sends one operation over HTTP, as any client would. */
export async function post(url: string, query: string, variables: object = {}, token?: string): Promise<Reply> {
  const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const { status, text } = await send(`${url}/graphql`, "POST", headers, JSON.stringify({ query, variables }));
  return replyOf(status, JSON.parse(text) as Reply["body"]);
}

export function replyOf(status: number, body: Reply["body"]): Reply {
  const error = body.errors?.[0];
  return {
    code: error ? String(error.extensions["code"]) : "OK",
    reason: error?.extensions["reason"] as string | undefined,
    fields: (error?.extensions["fields"] ?? []) as Reply["fields"],
    message: error?.message ?? "",
    data: body.data,
    status,
    body,
  };
}

/** A subscription whose messages a test can wait for. */
export interface Listening<Message = Json> {
  messages: Message[];
  /** Resolves when a message (also an earlier one) satisfies the condition. */
  until(condition: (message: Message, all: Message[]) => boolean): Promise<Message>;
  ended: Promise<{ code?: number; errors?: Json }>;
  stop(): Promise<void>;
}

/** Subscribes over graphql-transport-ws; resolves when the socket is open and the subscription sent. */
export async function listen(url: string, query: string, variables: object = {}, token?: string): Promise<Listening> {
  const messages: Json[] = [];
  const waiting = new Set<() => void>();
  let end!: (how: { code?: number; errors?: Json }) => void;
  const ended = new Promise<{ code?: number; errors?: Json }>((resolve) => (end = resolve));
  const client: WsClient = createClient({
    url: `${url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(token ? { connectionParams: { token } } : {}),
  });
  client.on("closed", (event) => end({ code: (event as { code: number }).code }));
  const connected = new Promise<void>((resolve) => client.on("connected", () => resolve()));
  client.subscribe(
    { query, variables: variables as Record<string, unknown> },
    {
      next: (result) => {
        messages.push(result.errors ? result : Object.values(result.data ?? {})[0]);
        waiting.forEach((check) => check());
      },
      error: (error) =>
        end(Array.isArray(error) ? { errors: error } : { code: (error as { code?: number }).code ?? 0 }),
      complete: () => undefined,
    },
  );
  await Promise.race([connected, ended]);
  // The subscribe message is on its way; a call sent after it is answered after it was handled.
  await post(url, "{ position }");
  return {
    messages,
    ended,
    until: (condition) =>
      new Promise((resolve) => {
        const check = (): void => {
          const found = messages.find((message) => condition(message, messages));
          if (found === undefined) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
      }),
    stop: async () => {
      await client.dispose();
    },
  };
}
