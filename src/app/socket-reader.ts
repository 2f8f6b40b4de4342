import { CloseCode } from "graphql-ws";
import type { Reader } from "../platform/changes/document.js";
import { ErrorCode, ErrorReason } from "../platform/errors.js";
import type { Connection } from "./connection.js";
import { bytesOf, writeMessage } from "./frame.js";

/** A slow phone may owe us so much; then it is let go. */
const owedAtMost = 256 * 1024;
const closeWithinMs = 5_000;
/** Close codes of our own, beside those of graphql-transport-ws; see docs/api.md. */
const closeCodes = { lagging: 4410, unavailable: 1013 };

/** Where the messages of one subscription go: straight to its socket, in the frames of graphql-transport-ws. */
export function readerFor({ socket, wire }: Connection, id: string): Reader {
  const name = JSON.stringify(id);
  const head = bytesOf(`{"id":${name},"type":"next","payload":`);

  function end(closeCode: number, code: ErrorCode, reason: ErrorReason | undefined, message: string): void {
    if (socket.readyState !== socket.OPEN) return;
    const errors = [{ message, extensions: { code, reason, retryable: true } }];
    socket.send(`{"id":${name},"type":"error","payload":${JSON.stringify(errors)}}`);
    socket.close(closeCode, reason ?? code);
    // A reader that reads nothing never answers the close.
    setTimeout(() => socket.terminate(), closeWithinMs).unref();
  }

  return {
    send: (payload) => void (socket.readyState === socket.OPEN && writeMessage(wire, [head, payload, "}"])),
    keepsUp: () => wire.writableLength < owedAtMost,
    lagging: () =>
      end(
        closeCodes.lagging,
        ErrorCode.RATE_LIMITED,
        ErrorReason.LAGGING,
        "You read too slowly; subscribe again with `after`.",
      ),
    unavailable: () =>
      end(
        closeCodes.unavailable,
        ErrorCode.TEMPORARILY_UNAVAILABLE,
        undefined,
        "Briefly unavailable; subscribe again with `after`.",
      ),
    forbidden: () => socket.close(CloseCode.Forbidden, "Forbidden"),
  };
}
