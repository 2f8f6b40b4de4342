import { once } from "node:events";
import { connect } from "node:net";
import { openWorld } from "../support/world.js";

const world = openWorld();

test("A server that stops answers whoever is in the middle of asking, and waits for no connection that is only kept", async () => {
  const server = await world.another();
  const { port, hostname } = new URL(server.url);
  const body = JSON.stringify({ query: "{ position }" });
  const socket = connect(Number(port), hostname);
  const said: string[] = [];
  socket.setEncoding("utf8").on("data", (text: string) => void said.push(text));
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n{`,
  );
  // Answered after the other, which came later, has been: by then the first is being read.
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  const stopped = server.stop();
  const answers = (): Promise<boolean> =>
    fetch(`${server.url}/readyz`).then(
      () => true,
      () => false,
    );
  while (await answers());
  socket.write(body.slice(1));
  await Promise.all([once(socket, "close"), stopped]);
  expect(said.join("")).toMatch(/^HTTP\/1\.1 200 [^]*"position":/);
}, 10_000);
