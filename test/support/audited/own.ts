import { type Acting, type Cases, type World } from "./case.js";

/** What people do about themselves: nobody who is signed in is refused. */
export function ownCases({ a, as }: World): Cases {
  const own = async (input: object = {}): Promise<Acting> => ({ by: await a.person(), input, refused: "own" });
  return {
    eraseMyData: () => own({ confirm: "erase everything" }),
    makeCalendarLink: async () => ({ ...(await own()), makes: true }),
    removeCalendarLink: async () => {
      const acting = await own();
      await as(acting.by).call("makeCalendarLink", {}, "url");
      return acting;
    },
  };
}
