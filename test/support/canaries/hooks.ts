import { fromGlobalId } from "../../../src/platform/database/ids.js";
import type { Role } from "../matrix/people.js";
import { webhooksIn } from "../webhooks.js";
import type { openWorld } from "../world.js";
import type { Canaries } from "./index.js";
import { idsOf, subscriptions } from "./live.js";

type World = ReturnType<typeof openWorld>;

/** Making them takes longer than asking: enough for each subscription to what is open. */
const most = 10;

/** What would be posted to a role that has everything sent to them that they may, at an address that takes nothing. */
export async function post(world: World, canaries: Canaries, role: Role) {
  const by = canaries.people[role]!;
  const hooks: string[] = [];
  const ids = idsOf(canaries, role);
  const asked = subscriptions().flatMap(([, argument, document]) => ids[argument]!.map((id) => ({ document, id })));
  // The hidden ones come last.
  const turns = asked.sort((a, b) => Number(b.id === canaries.open.campaign) - Number(a.id === canaries.open.campaign));
  for (const { document, id } of turns) {
    if (hooks.length === most) break;
    const input = { name: "All of it", url: "http://127.0.0.1:9/", document, variables: JSON.stringify({ id }) };
    const { data } = await world.as(by).call("createWebhook", input, "webhook { id }");
    if (data) hooks.push(data.createWebhook.webhook.id);
  }

  /** Everything that was made, once all is made that was to be up to a position. */
  async function made(position: string): Promise<string[]> {
    const { db, secrets } = world.server().services;
    // One whose rooms are silent looks at the log when it is woken.
    for (const name of ["pauseWebhook", "resumeWebhook"])
      await Promise.all(hooks.map((webhookId) => world.as(by).call(name, { webhookId }, "__typename")));
    for (const id of hooks)
      await webhooksIn(world).until(by, id, (hook) => hook.state !== "ACTIVE" || hook.position >= position);
    const rows: { body: Buffer }[] = await db.query(
      "SELECT body_sealed AS body FROM webhook_deliveries WHERE webhook_id = ANY ($1)",
      [hooks.map((id) => fromGlobalId("Webhook", id, "id"))],
    );
    return rows.map(({ body }) => secrets.open(body));
  }

  return { role, made };
}
