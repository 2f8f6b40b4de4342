import type { Context } from "../context.js";
import type { Taken } from "./mailbox.js";
import type { LiveRequest } from "./reader.js";

/** The payload of each message, null where there is nothing to tell: made at once, so that loaders read for all of them together. */
export const madeOf = (
  request: LiveRequest,
  ctx: Context,
  taken: Taken[],
): Promise<PromiseSettledResult<string | null>[]> =>
  Promise.allSettled(
    taken.map(async ({ message: messageFor }) => {
      const message = await messageFor(ctx);
      return message && request.execute(ctx, message);
    }),
  );
