import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import type { Reply } from "./client.js";
import type { openWorld, Person } from "./world.js";

type World = Pick<ReturnType<typeof openWorld>, "a" | "as" | "clock" | "server">;

/** Whatever JSON a message or a reply has. */
type Json = Reply["data"];

/** A message as it arrived. */
export interface Got {
  headers: IncomingHttpHeaders;
  body: string;
  id: string;
  /** The body, read. */
  message: Json;
}

/** A receiver of webhooks, which answers as it is told: with a status, or by itself. */
export async function openReceiver(answer: number | ((response: ServerResponse, got: Got) => void) = 204) {
  const got: Got[] = [];
  const waiting = new Set<() => void>();
  const receiver = { got, answer, url: "", until, close };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { headers } = request;
      const one: Got = { headers, body, id: String(headers["webhook-id"]), message: JSON.parse(body) };
      got.push(one);
      if (typeof receiver.answer === "number") response.writeHead(receiver.answer).end("Thank you");
      else receiver.answer(response, one);
      waiting.forEach((check) => check());
    });
  });

  /** Resolves when a message (also an earlier one) satisfies the condition. */
  function until(condition: (got: Got, all: Got[]) => boolean): Promise<Got> {
    return new Promise((resolve) => {
      const check = (): void => {
        const found = got.find((one) => condition(one, got));
        if (!found) return;
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
    });
  }

  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=1`;
  return receiver;
}

export const eventsDocument = `subscription($c: ID!) { eventChanged(campaignId: $c) {
  position kind eventId event { id title location { venue } } } }`;

const fields = `id name url state reason position failingSince notMadeSince oldSecretUntil pending variables
  deliveries { nodes { id position state attempts status milliseconds error createdAt triedAt nextTryAt } }`;

/** What tests of webhooks do again and again. */
export function webhooksIn({ as, clock, server }: World) {
  /** Makes a webhook on the events of a campaign. */
  async function make(by: Person, url: string, campaign: { id: string }, more: object = {}) {
    const variables = JSON.stringify({ c: campaign.id });
    const input = { name: "Our map", url, document: eventsDocument, variables, ...more };
    const { data, message } = await as(by).call("createWebhook", input, "secret webhook { id position }");
    if (!data) throw new Error(message);
    const { secret, webhook } = data.createWebhook;
    return { secret: secret as string, id: webhook.id as string, position: webhook.position as string };
  }

  const read = async (by: Person, id: string) =>
    (await as(by).run(`query($id: ID!) { node(id: $id) { ... on Webhook { ${fields} } } }`, { id })).data.node;

  /** Reads a webhook until it satisfies a condition. */
  async function until(by: Person, id: string, condition: (webhook: Json) => boolean) {
    for (;;) {
      const webhook = await read(by, id);
      if (condition(webhook)) return webhook;
    }
  }

  /** The latest message of a webhook, once it has been tried so often and it is noted what came of it. */
  async function tried(by: Person, id: string, times: number) {
    const noted = ({ attempts, state, nextTryAt }: Json): boolean =>
      attempts === times && (state !== "PENDING" || Date.parse(nextTryAt) > clock.now.getTime());
    const { deliveries } = await until(by, id, ({ deliveries: { nodes } }) => nodes[0] && noted(nodes[0]));
    return deliveries.nodes[0];
  }

  /** Puts a message into the log of a webhook, as if it had been made. */
  async function delivery(webhookId: string, state = "DELIVERED"): Promise<string> {
    const { db, secrets, now } = server().services;
    const rows: { id: string }[] = await db.query(
      `INSERT INTO webhook_deliveries (id, webhook_id, position, body_sealed, state, created_at, tried_from)
       VALUES (gen_random_uuid(), $1, '0', $2, $3, $4, $4) RETURNING id`,
      [fromGlobalId("Webhook", webhookId, "id"), secrets.seal("{}"), state, now()],
    );
    return `webhook_delivery_${rows[0]!.id.replaceAll("-", "")}`;
  }

  return { make, read, until, tried, delivery };
}
