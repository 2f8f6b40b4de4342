import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** The mails that a server without MAIL_URL has written for an address, oldest first. */
export async function mailsTo(dataDir: string, address: string): Promise<string[]> {
  const folder = path.join(dataDir, "outbox");
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".eml")).sort();
  const mails = await Promise.all(names.map((name) => readFile(path.join(folder, name), "utf8")));
  return mails.filter((mail) => mail.includes(`To: ${address}`));
}

/** The code in the newest mail to an address. */
export async function codeFor(dataDir: string, address: string): Promise<string> {
  return /code is (\d{6})/.exec((await mailsTo(dataDir, address)).at(-1) ?? "")![1]!;
}
