import { serverAudits } from "graphql-http";
import { openWorld } from "../support/world.js";

const { url } = openWorld();

/** Advice for old clients that we don't follow: what is refused as a whole has status 400, also as application/json. */
const notFollowed = ["572B warn", "FDE2 warn", "7B9B warn"];

test("passes the audits of GraphQL over HTTP, 58 of 61", async () => {
  const audits = serverAudits({ url: `${url()}/graphql` });
  const results = await Promise.all(audits.map((audit) => audit.fn()));
  expect(results).toHaveLength(61);
  const others = results.filter(({ status }) => status !== "ok");
  expect(others.map(({ id, status }) => `${id} ${status}`)).toEqual(notFollowed);
});
