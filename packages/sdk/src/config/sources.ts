import * as z from "zod";

import { ConfigurationError } from "../errors/client.js";
import { REGIONS, type ConfigOptions } from "./options.js";

/** Variables by name. `process.env` in Node; empty in a browser. */
export type Environment = Readonly<Record<string, string | undefined>>;

const host = z
  .string()
  .trim()
  .min(1)
  .regex(/^(?!.*:\/\/)[^\s/?#@]+$/, "must be a host name without scheme or path, such as api.arize.com");
const port = z.number().int().min(0).max(65_535);
const url = z
  .string()
  .trim()
  .regex(
    /^https?:\/\/[^\s/?#@]+(?:\/[^\s?#]*)?$/i,
    "must be a URL such as http://127.0.0.1:4545, without query or credentials",
  )
  .refine((value) => URL.canParse(value), "must be a URL such as http://127.0.0.1:4545");
const scheme = z.enum(["http", "https"]);
const text = z.string().trim().min(1);

const SETTINGS = {
  apiKey: text.regex(/^[\x21-\x7e]+$/, "must hold no white space or control characters"),
  spaceId: text,
  baseUrl: url,
  appUrl: url,
  apiHost: host,
  apiScheme: scheme,
  apiPort: port,
  otlpHost: host,
  otlpScheme: scheme,
  otlpPort: port,
  flightHost: host,
  flightScheme: z.enum(["grpc+tls", "grpc+tcp"]),
  flightPort: port,
  singleHost: host,
  singlePort: port,
  baseDomain: host,
  region: z.enum(REGIONS),
  requestVerify: z.boolean(),
  sslCaCert: text,
  proxyUrl: text.refine((value) => URL.canParse(value), "must be a URL such as http://proxy:3128"),
  maxHttpPayloadSizeMb: z.number().positive(),
  maxChunksize: z.number().int().min(1).max(100_000),
  streamMaxWorkers: z.number().int().min(1).max(32),
  streamMaxQueueBound: z.number().int().min(1),
  flushOnExit: z.boolean(),
  maxPastYears: z.number().int().min(1),
  timeout: z.number().min(0),
  maxRetries: z.number().int().min(0).max(20),
  defaultHeaders: z.record(z.string(), z.string()),
} as const;

/** One source of settings, checked: each present value is of its type and in its range. */
export type Settings = { readonly [Name in keyof typeof SETTINGS]?: z.infer<(typeof SETTINGS)[Name]> | undefined };

const SCHEMA = z.object(SETTINGS).partial();

const NUMBERS = new Set<string>([
  "apiPort", "otlpPort", "flightPort", "singlePort", "maxHttpPayloadSizeMb", "maxChunksize",
  "streamMaxWorkers", "streamMaxQueueBound", "maxPastYears", "timeout", "maxRetries",
]); // prettier-ignore
const BOOLEANS = new Set<string>(["requestVerify", "flushOnExit"]);
const TRUE_WORDS = new Set(["1", "true", "yes", "on"]);
const FALSE_WORDS = new Set(["0", "false", "no", "off"]);
const ALIASES: Readonly<Record<string, readonly string[]>> = { sslCaCert: ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"] };
const NOT_IN_ENVIRONMENT = new Set(["defaultHeaders"]);

/** The name of a setting's variable: `apiHost` → `ARIZE_API_HOST`. */
export function environmentName(setting: string): string {
  return `ARIZE_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** @throws ConfigurationError for an unknown option or a bad value. */
export function settingsFromOptions(options: ConfigOptions): Settings {
  const unknown = Object.keys(options).filter((name) => !(name in SETTINGS));
  if (unknown.length > 0) {
    throw new ConfigurationError(`Unknown option ${unknown.join(", ")}; known are ${Object.keys(SETTINGS).join(", ")}`);
  }
  return check(options, (name) => name);
}

/** Empty variables count as unset. @throws ConfigurationError for a bad value. */
export function settingsFromEnvironment(environment: Environment): Settings {
  const found: Record<string, unknown> = {};
  for (const name of Object.keys(SETTINGS)) {
    if (NOT_IN_ENVIRONMENT.has(name)) continue;
    const names = [environmentName(name), ...(ALIASES[name] ?? [])];
    const value = names.map((variable) => environment[variable]?.trim()).find((candidate) => candidate);
    if (value !== undefined) found[name] = fromText(name, value);
  }
  return check(found, environmentName);
}

/** `process.env` where there is one. */
export function systemEnvironment(): Environment {
  return globalThis.process?.env ?? {};
}

function fromText(name: string, value: string): unknown {
  if (NUMBERS.has(name)) return Number(value);
  if (!BOOLEANS.has(name)) return value;
  const word = value.toLowerCase();
  return TRUE_WORDS.has(word) ? true : FALSE_WORDS.has(word) ? false : value;
}

function check(values: object, shownName: (name: string) => string): Settings {
  const present = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  const result = SCHEMA.safeParse(present);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${shownName(String(path[0]))}: ${message}`);
  throw new ConfigurationError(problems.join("; "));
}
