/** Paths of the two ingest endpoints (spec/ingest.md §1). */
export const INGEST_PATHS = { batch: "/v1/pandas_arrow", record: "/v1/log" } as const;

export type IngestOperation = keyof typeof INGEST_PATHS;

/** Which ingest endpoint a path means, forgiving a missing `/v1` and doubled slashes (spec/ingest.md §2.1). */
export function ingestOperation(pathname: string): IngestOperation | null {
  const path = pathname.replace(/\/{2,}/g, "/").replace(/^\/v1(?=\/)/, "");
  if (path === "/pandas_arrow") return "batch";
  return path === "/log" ? "record" : null;
}

/** Header names of an upload (spec/ingest.md §3.1); `/v1/log` sends the same with GRPC_METADATA_PREFIX, but `authorization`. */
export const INGEST_HEADERS = {
  authorization: "authorization",
  spaceId: "arize-space-id",
  deprecatedSpaceId: "space_id",
  spaceKey: "arize-space-key",
  deprecatedSpaceKey: "space",
  interface: "arize-interface",
  sdkLanguage: "sdk-language",
  languageVersion: "language-version",
  sdkVersion: "sdk-version",
  sdkPackageName: "sdk-package-name",
  sync: "sync",
  numberOfRows: "number-of-rows",
} as const;

/** Prefix of every header but `authorization` on `/v1/log` (spec/ingest.md §4.1). */
export const GRPC_METADATA_PREFIX = "Grpc-Metadata-";

/** What an ingest request says about its caller. */
export interface IngestCaller {
  /** The key as sent, without an optional `Bearer `. */
  readonly apiKey: string | null;
  readonly spaceId: string | null;
  readonly spaceKey: string | null;
  /** "batch" or "stream" from the official SDKs. */
  readonly interface: string | null;
  readonly sdk: {
    readonly language: string | null;
    readonly languageVersion: string | null;
    readonly version: string | null;
    readonly package: string | null;
  };
  /** Whether the caller waits until the rows can be queried (`sync: 1`). */
  readonly sync: boolean;
  /** Advisory: the v7 client may send a wrong number from threads. */
  readonly numberOfRows: number | null;
}

/** Reads the caller's headers in plain or `Grpc-Metadata-` form, current or deprecated. Names compare without case. */
export function readIngestCaller(headers: { get(name: string): string | null }): IngestCaller {
  const read = (name: string): string | null => headers.get(name) ?? headers.get(GRPC_METADATA_PREFIX + name);
  const rows = read(INGEST_HEADERS.numberOfRows);
  return {
    apiKey: headers.get(INGEST_HEADERS.authorization)?.replace(/^bearer\s+/i, "") ?? null,
    spaceId: read(INGEST_HEADERS.spaceId) ?? read(INGEST_HEADERS.deprecatedSpaceId),
    spaceKey: read(INGEST_HEADERS.spaceKey) ?? read(INGEST_HEADERS.deprecatedSpaceKey),
    interface: read(INGEST_HEADERS.interface),
    sdk: {
      language: read(INGEST_HEADERS.sdkLanguage),
      languageVersion: read(INGEST_HEADERS.languageVersion),
      version: read(INGEST_HEADERS.sdkVersion),
      package: read(INGEST_HEADERS.sdkPackageName),
    },
    sync: read(INGEST_HEADERS.sync) === "1",
    numberOfRows: rows !== null && /^\d+$/.test(rows) ? Number(rows) : null,
  };
}
