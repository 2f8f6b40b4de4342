import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** The mails that a server without MAIL_URL has written for an address, oldest first. */
export async function mailsTo(dataDir: string, address: string): Promise<string[]> {
  const folder = path.join(dataDir, "outbox");
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".eml")).sort();
  const mails = await Promise.all(names.map((name) => readFile(path.join(folder, name), "utf8")));
  return mails.filter((mail) => mail.includes(`To: ${address}`));
}

/** The code in the newest mail to an address that has one: letters may come between. */
export async function codeFor(dataDir: string, address: string): Promise<string> {
  const codes = (await mailsTo(dataDir, address)).map((mail) => /code is (\d{6})/.exec(mail)?.[1]);
  return codes.filter((code) => code !== undefined).at(-1)!;
}

/** Mails to an address as subject and text, with soft line breaks put together again. */
export const lettersTo = async (dataDir: string, address: string): Promise<{ subject: string; text: string }[]> =>
  (await mailsTo(dataDir, address)).map((mail) => {
    const plain = mail
      .replaceAll("=\r\n", "")
      .replaceAll(/\r\n[ \t]/g, " ")
      .replaceAll("=E2=80=AF", " ");
    const [head, ...body] = plain.split("\r\n\r\n");
    return { subject: /^Subject: (.*)$/m.exec(head!)![1]!.trim(), text: body.join("\n\n").replaceAll("\r\n", "\n") };
  });
