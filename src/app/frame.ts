import type { Duplex } from "node:stream";

/** A text as its UTF-8 bytes, one character for each: parts that are the same for all are encoded once. */
export const bytesOf = (text: string): string => Buffer.from(text).toString("latin1");

/** Of a larger text no reader who stopped reading gets a copy: five hundred of them would fill the memory. */
const copiedAtMost = 16 * 1024;

/** The head of a WebSocket frame (RFC 6455, 5.2) with a text message, not masked, as servers send it. */
function frameHead(length: number): string {
  if (length < 126) return String.fromCharCode(0x81, length);
  if (length < 65_536) return String.fromCharCode(0x81, 126, length >> 8, length & 255);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(length));
  return String.fromCharCode(0x81, 127, ...size);
}

let last = { text: "", shared: Buffer.alloc(0) };

/** What goes to many, one after the other, is made once. */
function shared(text: string): Buffer {
  if (last.text !== text) last = { text, shared: Buffer.from(text, "latin1") };
  return last.shared;
}

/**
 * Writes a text message, whose middle goes to many. `ws` would write frame and text in two steps, and allocate for each:
 * a third of the cost of telling ten thousand readers.
 */
export function writeMessage(wire: Duplex, [before, middle, after]: [string, string, string]): void {
  const head = frameHead(before.length + middle.length + after.length);
  if (middle.length <= copiedAtMost) return void wire.write(head + before + middle + after, "latin1");
  wire.cork();
  wire.write(head + before, "latin1");
  wire.write(shared(middle));
  wire.write(after, "latin1");
  wire.uncork();
}
