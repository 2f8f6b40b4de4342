import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { readConfig } from "../../src/platform/config.js";
import { createLog } from "../../src/platform/log.js";
import { AddressRefused, createMailer, type Mailer } from "../../src/platform/mail.js";

let server: Server;

/** A mailer whose mail server answers every recipient like this. */
async function mailerTo(recipient: string): Promise<Mailer> {
  server = createServer((socket) => {
    const answers: Record<string, string> = { RCPT: recipient, DATA: "354 go on", QUIT: "221 bye" };
    socket.write("220 mail.example\r\n");
    socket.on("data", (data) => {
      const lines = String(data).split("\r\n").filter(Boolean);
      for (const line of lines.includes(".") ? ["."] : lines)
        socket.write(`${answers[line.slice(0, 4)] ?? "250 ok"}\r\n`);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return createMailer(readConfig({ NODE_ENV: "test", MAIL_URL: `smtp://127.0.0.1:${port}` }), createLog("silent"));
}
afterEach(() => server.close());

const mail = { to: "ana@rallygraph.example", subject: "News", text: "There are news." };

test.each(["550 5.1.1 no such user", "550 no such user", "553 no such mailbox"])(
  "gives an address up on %s",
  async (answer) => {
    await expect((await mailerTo(answer)).send(mail)).rejects.toBeInstanceOf(AddressRefused);
  },
);

test.each(["450 4.2.1 mailbox busy", "554 5.7.1 relay access denied"])("asks to try again on %s", async (answer) => {
  await expect((await mailerTo(answer)).send(mail)).rejects.toMatchObject({
    extensions: { code: "TEMPORARILY_UNAVAILABLE", retryable: true },
  });
});

test("sends what is taken", async () => {
  await expect((await mailerTo("250 ok")).send(mail)).resolves.toBeUndefined();
});
