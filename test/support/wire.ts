import { once } from "node:events";
import { WebSocket } from "ws";
import { type Answer, type Reply, replyOf, send } from "./client.js";

/** One operation, as a client puts it into a request. */
export interface Asked {
  query?: unknown;
  variables?: unknown;
  operationName?: unknown;
  extensions?: unknown;
}

/** The answer to an HTTP request, with what only its headers say. */
export interface HttpReply extends Reply {
  headers: Headers;
  text: string;
}

export function answer({ status, headers, text }: Answer): HttpReply {
  const reply = replyOf(status, JSON.parse(text) as Reply["body"]);
  // An answer without errors that isn't one: Node's own, before the request has reached the server.
  const code = status < 300 || reply.body.errors ? reply.code : `HTTP_${status}`;
  return { ...reply, code, headers: new Headers(headers as Record<string, string>), text };
}

export async function overPost(url: string, asked: Asked, headers: Record<string, string> = {}): Promise<HttpReply> {
  const typed = { "content-type": "application/json", ...headers };
  return answer(await send(`${url}/graphql`, "POST", typed, JSON.stringify(asked)));
}

export async function overGet(url: string, asked: Asked, headers: Record<string, string> = {}): Promise<HttpReply> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(asked))
    search.set(name, typeof value === "string" ? value : JSON.stringify(value));
  return answer(await send(`${url}/graphql?${search.toString()}`, "GET", headers));
}

/** A message of graphql-transport-ws. */
interface Message {
  type: string;
  id?: string;
  payload?: unknown;
}

/** A graphql-transport-ws socket whose messages are sent and read one by one. */
export class Wire {
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #messages: Message[] = [];
  readonly #waiting = new Set<() => void>();
  #lastId = 0;

  private constructor(readonly socket: WebSocket) {
    socket.on("message", (data: Buffer) => {
      this.#messages.push(JSON.parse(data.toString()) as Message);
      this.#waiting.forEach((check) => check());
    });
    socket.on("error", () => undefined);
    this.closed = once(socket, "close").then(([code, reason]) => ({
      code: code as number,
      reason: String(reason),
    }));
  }

  /** Opens a socket; nothing is sent yet. */
  static async open(url: string): Promise<Wire> {
    const wire = new Wire(new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws"));
    await once(wire.socket, "open");
    return wire;
  }

  /** Opens a socket and waits for its acknowledgement. */
  static async ready(url: string, payload?: object): Promise<Wire> {
    const wire = await Wire.open(url);
    wire.send({ type: "connection_init", ...(payload ? { payload } : {}) });
    await wire.next((message) => message.type === "connection_ack");
    return wire;
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The first message, also an earlier one, that satisfies the condition. */
  next(condition: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve) => {
      const check = (): void => {
        const found = this.#messages.find(condition);
        if (!found) return;
        this.#waiting.delete(check);
        resolve(found);
      };
      this.#waiting.add(check);
      check();
    });
  }

  /** Subscribes, and reads the first answer as an HTTP client would read its own. */
  async ask(asked: Asked): Promise<Reply> {
    const id = String(++this.#lastId);
    this.send({ id, type: "subscribe", payload: asked });
    const { type, payload } = await this.next((message) => message.id === id);
    return replyOf(0, (type === "error" ? { errors: payload } : payload) as Reply["body"]);
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}
