import { connect, type Socket } from "node:net";

/** A request as it goes over the wire, again and again. */
export function wire(url: string, body: string, headers: string[] = []): Buffer {
  const { host, pathname } = new URL(url);
  const head = [
    `POST ${pathname} HTTP/1.1`,
    `host: ${host}`,
    "content-type: application/json",
    "accept: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
    ...headers,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}

/** A request for an address. */
export function wireOf(url: string, headers: string[] = []): Buffer {
  const { host, pathname, search } = new URL(url);
  return Buffer.from(`${[`GET ${pathname}${search} HTTP/1.1`, `host: ${host}`, ...headers].join("\r\n")}\r\n\r\n`);
}

interface Load {
  port: number;
  /** The next request, whichever connection it goes over; undefined when there are no more. */
  next: () => Buffer | undefined;
  connections: number;
  ms: number;
}

/**
 * Keeps each connection busy with one request at a time for a while; answers with the rate. It reads no more of an
 * answer than its status and length: a client that shares two cores with the server should cost as little as it can.
 */
export async function rateOf({ port, next, connections, ms }: Load): Promise<number> {
  let answered = 0;
  const began = performance.now();
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1");
      const send = (): void => {
        const request = performance.now() - began > ms ? undefined : next();
        if (request) socket.write(request);
        else socket.end(resolve);
      };
      onAnswer(socket, reject, () => {
        answered++;
        send();
      });
      socket.once("connect", send);
      socket.once("error", reject);
    });
  await Promise.all(Array.from({ length: connections }, one));
  return answered / ((performance.now() - began) / 1_000);
}

function onAnswer(socket: Socket, refuse: (error: Error) => void, answered: () => void): void {
  let missing = 0;
  socket.on("data", (chunk) => {
    if (missing > 0) missing -= chunk.length;
    else {
      const end = chunk.indexOf("\r\n\r\n");
      const head = chunk.toString("latin1", 0, end);
      const length = /^content-length: (\d+)/im.exec(head)?.[1];
      if (end < 0 || !head.startsWith("HTTP/1.1 200 ") || !length) {
        socket.destroy();
        return refuse(new Error(`Not an answer: ${head}`));
      }
      missing = Number(length) - (chunk.length - end - 4);
    }
    if (missing === 0) answered();
  });
}
