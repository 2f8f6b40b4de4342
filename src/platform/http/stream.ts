import { Readable } from "node:stream";
import { Refusal } from "../errors.js";

/** Less than PostgreSQL leaves a transaction idle. */
const patienceMs = 8_000;

/** Parts of a text as fast as its reader takes them; one who takes too long for a part is let go, with whatever the parts hold. */
export function streamOf(parts: AsyncGenerator<string>): Readable {
  const stream = Readable.from(watched());
  async function* watched(): AsyncGenerator<string> {
    for await (const part of parts) {
      const late = setTimeout(() => stream.destroy(tooSlow()), patienceMs);
      try {
        yield part;
      } finally {
        clearTimeout(late);
      }
    }
  }
  return stream;
}

const tooSlow = (): Refusal => new Refusal("TEMPORARILY_UNAVAILABLE", "The reader is too slow.", { retryable: true });
