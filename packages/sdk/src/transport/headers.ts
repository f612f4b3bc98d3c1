import type { ArizeConfig } from "../config/config.js";
import { SDK_LANGUAGE, SDK_PACKAGE, SDK_VERSION } from "../version.js";
import type { AuthScheme } from "./types.js";

interface HeaderInput {
  readonly requestId: string;
  readonly json: boolean;
  readonly auth: AuthScheme;
  readonly headers: Readonly<Record<string, string>> | undefined;
}

/** Who the SDK says it is, on every surface (`spec/rest.md` §1.2). `language-version` is absent outside Node. */
export function sdkHeaders(): Readonly<Record<string, string>> {
  const runtime = globalThis.process?.version;
  return {
    "sdk-language": SDK_LANGUAGE,
    "sdk-package-name": SDK_PACKAGE,
    "sdk-version": SDK_VERSION,
    ...(runtime ? { "language-version": runtime } : {}),
  };
}

export function requestHeaders(
  config: ArizeConfig,
  { requestId, json, auth, headers }: HeaderInput,
): Readonly<Record<string, string>> {
  const key = config.apiKey.reveal();
  return {
    ...config.defaultHeaders,
    accept: "application/json, application/problem+json;q=0.9",
    ...(json ? { "content-type": "application/json" } : {}),
    ...(auth === "x-api-key" ? { "x-api-key": key } : { authorization: auth === "bearer" ? `Bearer ${key}` : key }),
    ...sdkHeaders(),
    "x-request-id": requestId,
    ...headers,
  };
}
