import { ValidateBy, type ValidationOptions } from "class-validator";

/** Names that lead nowhere, or to the reader's own machine or network. */
const notPublic = new Set([
  "localhost",
  "local",
  "localdomain",
  "internal",
  "lan",
  "home",
  "arpa",
  "test",
  "invalid",
  "onion",
]);
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
// An address written as a number (`127.1`, `0x7f000001`) ends in one: URL turns all of them into four numbers.
const lastLabel = /^[a-z]/;

function isPublicName(host: string): boolean {
  const labels = host.split(".");
  const last = labels.at(-1)!;
  return labels.length > 1 && labels.every((part) => label.test(part)) && lastLabel.test(last) && !notPublic.has(last);
}

/** An address of the public web in its one spelling, as the URL standard writes it; null when it is none. */
export function publicAddress(text: string): string | null {
  if (!/^https:\/\/[^\s\\]+$/i.test(text.trim()) || !URL.canParse(text)) return null;
  const { href, hostname, port, username, password } = new URL(text);
  return isPublicName(hostname) && port + username + password === "" ? href : null;
}

/** An https address of at most so many characters, in ASCII, whose host has a public name. */
export const PublicAddress = (most: number, options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: "publicAddress",
      constraints: [most],
      validator: {
        validate: (value: unknown) => typeof value === "string" && (publicAddress(value)?.length ?? Infinity) <= most,
        defaultMessage: () =>
          `must be an https address of at most ${most} characters at a public name, without user, password and port`,
      },
    },
    options,
  );
