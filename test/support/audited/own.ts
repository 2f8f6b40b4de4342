import { canary, type Acting, type Cases, type World } from "./case.js";

/** What people do about themselves: nobody who is signed in is refused. */
export function ownCases({ a, as }: World): Cases {
  const own = async (input: object = {}): Promise<Acting> => ({ by: await a.person(), input, refused: "own" });
  return {
    eraseMyData: () => own({ confirm: "erase everything" }),
    createApiKey: async () => ({ ...(await own({ name: canary })), makes: true }),
    revokeApiKey: async () => {
      const by = await a.person();
      const { data } = await as(by).call("createApiKey", { name: canary }, "apiKey { id }");
      return {
        by,
        input: { apiKeyId: data.createApiKey.apiKey.id },
        refused: { input: { apiKeyId: `api_key_${"0".repeat(32)}` } },
      };
    },
    makeCalendarLink: async () => ({ ...(await own()), makes: true }),
    removeCalendarLink: async () => {
      const acting = await own();
      await as(acting.by).call("makeCalendarLink", {}, "url");
      return acting;
    },
  };
}
