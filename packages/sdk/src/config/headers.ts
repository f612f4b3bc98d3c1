import { ConfigurationError } from "../errors/client.js";

const RESERVED = new Set([
  "authorization", "x-api-key", "content-type", "content-length", "host", "accept", "x-request-id",
  "sdk-language", "sdk-package-name", "sdk-version", "language-version",
  "arize-space-id", "arize-interface", "number-of-rows", "origin", "auth-token-bin",
]); // prettier-ignore

/** Rules of the official client (`spec/ingest.md` §3.1): a token as name, Latin-1 without line breaks as value, no built-in name. */
export function checkDefaultHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
      throw new ConfigurationError(`defaultHeaders: ${JSON.stringify(name)} is not a header name`);
    }
    if (RESERVED.has(name.toLowerCase()) || /^grpc-metadata-/i.test(name)) {
      throw new ConfigurationError(`defaultHeaders: the SDK sets ${name} itself`);
    }
    if (!/^[\t\x20-\x7e\xa0-\xff]*$/.test(value)) {
      throw new ConfigurationError(
        `defaultHeaders: the value of ${name} holds a line break or a character outside Latin-1`,
      );
    }
  }
  return Object.freeze({ ...headers });
}
