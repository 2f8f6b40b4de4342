import path from "node:path";
import { z } from "zod";

const flag = z.enum(["true", "false"]).transform((text) => text === "true");
const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const pointsAMinute = wholeNumber(0, 1_000_000_000);
/** `true`: one proxy. With more trusted than there are, a caller could write an address of their choice. */
const proxies = z
  .string()
  .regex(/^(true|false|\d)$/, "must be true, false, or how many proxies stand before this server: 0 to 9")
  .transform((text) => (text === "true" ? 1 : Number(text) || 0));
const url = (protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`,
  });

/** Every setting of the process, as the environment names it. Defaults suit a developer's machine. */
const environment = z
  .object({
    NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
    HOST: z.string().min(1).default("127.0.0.1"),
    PORT: wholeNumber(0, 65_535).default(4000),
    PUBLIC_URL: url(["http:", "https:"]).optional(),
    DATABASE_URL: url(["postgres:", "postgresql:"]).optional(),
    DATABASE_POOL: wholeNumber(2, 200).default(20),
    DATA_DIR: z.string().min(1).default(".data"),
    SECRET_KEY: z
      .string()
      .regex(/^[0-9a-f]{64}$/i, "must be 32 bytes as 64 hexadecimal digits, for example from: openssl rand -hex 32")
      .optional(),
    DEMO: flag.optional(),
    MAIL_URL: url(["smtp:", "smtps:"]).optional(),
    MAIL_FROM: z.string().min(3).default("rallygraph <no-reply@rallygraph.example>"),
    ALLOWED_ORIGINS: z.string().default("*"),
    EXPLORER: flag.optional(),
    INTROSPECTION: flag.optional(),
    LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
    TRUST_PROXY: proxies.default(0),
    RATE_ANONYMOUS: pointsAMinute.default(600_000),
    RATE_SIGNED_IN: pointsAMinute.default(600_000),
    RATE_KEY: pointsAMinute.default(3_000_000),
    LAME_DUCK_MS: wholeNumber(0, 60_000).default(1_500),
    CHANGE_POLL_MS: wholeNumber(50, 60_000).default(500),
    JOBS: flag.default(true),
    CHANGE_KEEP_HOURS: wholeNumber(1, 24 * 365).default(24 * 7),
    PERSONAL_KEEP_DAYS: wholeNumber(1, 365).default(30),
    WEBHOOK_ALLOW_PRIVATE: flag.default(false),
    WEBHOOK_TIMEOUT_MS: wholeNumber(50, 60_000).default(15_000),
    WEBHOOK_KEEP_DAYS: wholeNumber(4, 90).default(7),
  })
  .superRefine((values, faults) => {
    if (values.NODE_ENV === "production" && values.DATABASE_URL && !values.SECRET_KEY)
      faults.addIssue({
        code: "custom",
        path: ["SECRET_KEY"],
        message: "is required in production: it encrypts contact data and must be the same on every node",
      });
    if (values.NODE_ENV === "production" && values.MAIL_URL && !values.PUBLIC_URL)
      faults.addIssue({
        code: "custom",
        path: ["PUBLIC_URL"],
        message: "is required in production with MAIL_URL: links in mails begin with it",
      });
  });

/** The settings of this process, checked. */
export type Config = ReturnType<typeof settings>;

function settings(values: z.infer<typeof environment>) {
  const developing = values.NODE_ENV !== "production";
  return {
    production: !developing,
    host: values.HOST,
    port: values.PORT,
    /** What the links in mails begin with. */
    publicUrl: (values.PUBLIC_URL ?? `http://${values.HOST}:${values.PORT}`).replace(/\/+$/, ""),
    databaseUrl: values.DATABASE_URL,
    databasePool: values.DATABASE_POOL,
    dataDir: path.resolve(values.DATA_DIR),
    secretKey: values.SECRET_KEY,
    /** The demo goes into the embedded database, elsewhere only when asked for. */
    demo: values.DEMO ?? !values.DATABASE_URL,
    mailUrl: values.MAIL_URL,
    mailFrom: values.MAIL_FROM,
    /** `undefined`: any origin. */
    allowedOrigins: values.ALLOWED_ORIGINS === "*" ? undefined : values.ALLOWED_ORIGINS.split(",").map((o) => o.trim()),
    explorer: values.EXPLORER ?? developing,
    introspection: values.INTROSPECTION ?? developing,
    logLevel: values.LOG_LEVEL,
    /** How many proxies stand before this server: so many last addresses of X-Forwarded-For are theirs. */
    trustProxy: values.TRUST_PROXY,
    /** Points a minute of each caller; 0: no limit. */
    rates: { anonymous: values.RATE_ANONYMOUS, "signed-in": values.RATE_SIGNED_IN, key: values.RATE_KEY },
    lameDuckMs: values.LAME_DUCK_MS,
    changePollMs: values.CHANGE_POLL_MS,
    /** Whether this node does the jobs that all nodes add. */
    jobs: values.JOBS,
    changeKeepHours: values.CHANGE_KEEP_HOURS,
    /** How long after an event it is kept who was there, or said that they would be. */
    personalKeepDays: values.PERSONAL_KEEP_DAYS,
    /** Webhooks may go to this machine and to private networks, also without encryption: for tests, and for nobody else. */
    webhookAllowPrivate: values.WEBHOOK_ALLOW_PRIVATE,
    webhookTimeoutMs: values.WEBHOOK_TIMEOUT_MS,
    /** How long a delivery is kept, so that it can be looked up and sent again. */
    webhookKeepDays: values.WEBHOOK_KEEP_DAYS,
  };
}

/** Faults in the environment, all of them at once. */
export class ConfigFault extends Error {
  constructor(readonly faults: string[]) {
    super(
      `The configuration has ${faults.length === 1 ? "a fault" : `${faults.length} faults`}:\n${faults.map((f) => `  ${f}`).join("\n")}`,
    );
  }
}

/** Reads the configuration from an environment; throws a {@link ConfigFault} that tells every fault. */
export function readConfig(env: Record<string, string | undefined>): Config {
  // An empty variable (`MAIL_URL=`) is how compose files say "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, text]) => text !== undefined && text !== ""));
  const parsed = environment.safeParse(given);
  if (!parsed.success) throw new ConfigFault(parsed.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`));
  return settings(parsed.data);
}

/** The one reader of the process environment. */
export const processEnvironment = (): Record<string, string | undefined> => process.env;
