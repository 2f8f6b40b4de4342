import { Client } from "pg";

type Query = (...statement: never[]) => unknown;

/** Has each statement that this process sends pass by: `run` sends it, or another text in its place. Until `mockRestore`. */
export function passing(by: (text: string, run: (instead?: string) => unknown) => unknown): jest.SpyInstance {
  const query: Query = Client.prototype.query;
  return jest.spyOn(Client.prototype, "query").mockImplementation(function (this: Client, ...statement: never[]) {
    const [asked] = statement as unknown as [string | { text?: string }];
    const text = typeof asked === "string" ? asked : (asked.text ?? "");
    return by(text, (instead) => query.apply(this, (instead === undefined ? statement : [instead]) as never[]));
  } as never);
}

/** The database goes away at the n-th batch from now on. */
export function awayAt(n: number): void {
  const spy = passing((text, run) => {
    if (!text.startsWith("FETCH") || --n > 0) return run();
    spy.mockRestore();
    return Promise.reject(Object.assign(new Error("terminating connection"), { code: "57P01" }));
  });
}
