import type { Hub } from "../platform/changes/live.js";
import type { Reader } from "../platform/changes/document.js";
import type { LiveRequest } from "../platform/changes/reader.js";
import type { Connection } from "./connection.js";

type Result = IteratorResult<never, undefined>;

/**
 * A reader's place in the hub, in the shape that graphql-ws waits on. It never yields: messages are sent by the hub,
 * once made for all. Written by hand because a generator that waits does not settle on return() (TRAPS 13).
 */
export class Seat implements AsyncGenerator<never, undefined, undefined> {
  readonly #leave: () => void;
  #end!: (result: Result) => void;
  readonly #ended = new Promise<Result>((resolve) => (this.#end = resolve));

  constructor(hub: Hub, request: LiveRequest, connection: Connection, reader: Reader) {
    const leave = hub.join(request, reader);
    let seated = true;
    this.#leave = () => {
      if (seated) connection.subscriptions--;
      seated = false;
      leave();
    };
  }

  next(): Promise<Result> {
    return this.#ended;
  }

  return(): Promise<Result> {
    this.#leave();
    this.#end({ done: true, value: undefined });
    return this.#ended;
  }

  throw(): Promise<Result> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.return().then(() => undefined);
  }
}
