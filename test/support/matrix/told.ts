import type { Reply } from "../client.js";

type Fault = NonNullable<Reply["body"]["errors"]>[number];

/** What an error tells, but for where it stood and the request's own id. */
export const told = ({ message, extensions }: Fault): unknown => [message, { ...extensions, requestId: undefined }];
