import { parseKey } from "@axlab/auth";

import { ConfigurationError } from "../errors/client.js";
import { Secret } from "../secret.js";
import { resolveEndpoints, urlOf, type Endpoint } from "./endpoints.js";
import { checkDefaultHeaders } from "./headers.js";
import type { ConfigOptions } from "./options.js";
import {
  settingsFromEnvironment,
  settingsFromOptions,
  systemEnvironment,
  type Environment,
  type Settings,
} from "./sources.js";

/** The resolved configuration: plain data, frozen. The key is a `Secret`, so printing the configuration shows it redacted. */
export interface ArizeConfig {
  readonly apiKey: Secret;
  readonly spaceId: string | undefined;
  /** Origin and path prefix of REST (`/v2/…`) and ingest (`/v1/…`), without a trailing slash. */
  readonly apiUrl: string;
  readonly appUrl: string;
  readonly graphqlUrl: string;
  /** `scheme` is `grpc+tls` or `grpc+tcp`; `port` is never 0. */
  readonly flight: Endpoint;
  readonly otlpUrl: string;
  readonly requestVerify: boolean;
  readonly sslCaCert: string | undefined;
  /** A `Secret`, because a proxy URL may carry a password. */
  readonly proxyUrl: Secret | undefined;
  readonly maxHttpPayloadSizeMb: number;
  readonly maxChunksize: number;
  readonly streamMaxWorkers: number;
  readonly streamMaxQueueBound: number;
  readonly flushOnExit: boolean;
  readonly maxPastYears: number;
  /** Milliseconds per attempt; 0 waits for ever. */
  readonly timeout: number;
  readonly maxRetries: number;
  readonly defaultHeaders: Readonly<Record<string, string>>;
}

const DEFAULTS = {
  requestVerify: true,
  maxHttpPayloadSizeMb: 8,
  maxChunksize: 10_000,
  streamMaxWorkers: 8,
  streamMaxQueueBound: 5000,
  flushOnExit: true,
  maxPastYears: 5,
  timeout: 60_000,
  maxRetries: 3,
} as const;

/**
 * Argument, else environment, else default.
 * @throws ConfigurationError for a missing key, a key whose checksum is wrong, a bad value, or settings that exclude one another.
 */
export function resolveConfig(
  options: ConfigOptions = {},
  environment: Environment = systemEnvironment(),
): ArizeConfig {
  const argument = settingsFromOptions(options);
  const fromEnvironment = settingsFromEnvironment(environment);
  const pick = <Name extends keyof Settings>(name: Name): Settings[Name] => argument[name] ?? fromEnvironment[name];
  const pickNumber = (name: Exclude<keyof typeof DEFAULTS, "requestVerify" | "flushOnExit">) =>
    pick(name) ?? DEFAULTS[name];
  const endpoints = resolveEndpoints(argument, fromEnvironment);
  const proxyUrl = pick("proxyUrl");
  return Object.freeze({
    apiKey: checkedKey(pick("apiKey")),
    spaceId: pick("spaceId"),
    apiUrl: urlOf(endpoints.api),
    appUrl: endpoints.app,
    graphqlUrl: `${endpoints.app}/graphql`,
    flight: endpoints.flight,
    otlpUrl: `${urlOf(endpoints.otlp)}/v1`,
    requestVerify: pick("requestVerify") ?? DEFAULTS.requestVerify,
    sslCaCert: pick("sslCaCert"),
    proxyUrl: proxyUrl === undefined ? undefined : new Secret(proxyUrl, new URL(proxyUrl).host),
    maxHttpPayloadSizeMb: pickNumber("maxHttpPayloadSizeMb"),
    maxChunksize: pickNumber("maxChunksize"),
    streamMaxWorkers: pickNumber("streamMaxWorkers"),
    streamMaxQueueBound: pickNumber("streamMaxQueueBound"),
    flushOnExit: pick("flushOnExit") ?? DEFAULTS.flushOnExit,
    maxPastYears: pickNumber("maxPastYears"),
    timeout: pickNumber("timeout"),
    maxRetries: pickNumber("maxRetries"),
    defaultHeaders: checkDefaultHeaders(pick("defaultHeaders") ?? {}),
  });
}

/** Keys of other formats pass: only the server can judge them. */
function checkedKey(key: string | undefined): Secret {
  if (key === undefined) {
    throw new ConfigurationError("No API key: pass { apiKey } or set ARIZE_API_KEY");
  }
  const parsed = parseKey(key);
  if (!parsed.ok && parsed.problem === "checksum") {
    throw new ConfigurationError("The API key is mistyped or cut off: its checksum does not match. Copy it again");
  }
  return new Secret(key);
}
