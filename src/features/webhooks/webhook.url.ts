import type { Context } from "../../platform/context.js";
import { badInput } from "../../platform/errors.js";
import { publicAddress } from "../../platform/graphql/url.js";
import { isPublicHost } from "../../platform/http/address.js";

const longest = 2_000;
const what =
  "must be an https address of at most 2,000 characters at a public name, without user and password, on port 443 or 8443";

/** The address of a receiver as the URL standard writes it, which the public internet has now; else refused. */
export async function receiverUrl({ config }: Context, text: string): Promise<string> {
  // A backslash is read as a slash by some, and as part of a name by others.
  if (!URL.canParse(text) || text.length > longest || /[\s\\]/.test(text)) throw badInput("input.url", what);
  const url = new URL(text);
  url.hash = "";
  if (config.webhookAllowPrivate && /^https?:$/.test(url.protocol) && !url.username && !url.password) return url.href;
  const onUsualPort = new URL(url);
  if (onUsualPort.port === "8443") onUsualPort.port = "";
  if (publicAddress(onUsualPort.href) === null) throw badInput("input.url", what);
  if (!(await isPublicHost(url.hostname)))
    throw badInput("input.url", "must be at a name that has addresses of the public internet, and no others");
  return url.href;
}
