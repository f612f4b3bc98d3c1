/** Who calls, as the official clients say in `sdk-language` and `sdk-version` (spec/rest.md §1.2). */
export interface ClientVersion {
  /** `python`, `javascript`, `go`, … in lower case. */
  language: string;
  /** e.g. `8.42.0`; empty when the client did not say. */
  version: string;
}

/** Request headers by which a client names itself. */
export const CLIENT_HEADERS = {
  language: "sdk-language",
  version: "sdk-version",
  userAgent: "user-agent",
  packageName: "sdk-package-name",
  languageVersion: "language-version",
} as const;

/** Objects that gained a field an older strict client cannot read. */
export type SkewedObject = "Space" | "Experiment" | "TaskEvaluator";

const NEW_FIELDS: Readonly<Record<SkewedObject, readonly string[]>> = {
  Space: ["is_private"],
  Experiment: ["space_id"],
  TaskEvaluator: ["evaluator_version_id"],
};
const LAST_STRICT_PYTHON = [8, 42, 0] as const;

/** The only name that Python 8.0 to 8.20 gives over REST. Newer ones send it too, beside the headers. */
const UNNAMED_PYTHON = /^OpenAPI-Generator\/[\d.]+\/python$/;

/** Reads the caller's version from its headers; null when it names no language (curl, a browser, our own tests). */
export function readClientVersion(header: (name: string) => string | null | undefined): ClientVersion | null {
  const language = header(CLIENT_HEADERS.language)?.trim().toLowerCase();
  if (language) return { language, version: header(CLIENT_HEADERS.version)?.trim() ?? "" };
  return UNNAMED_PYTHON.test(header(CLIENT_HEADERS.userAgent) ?? "") ? { language: "python", version: "" } : null;
}

/**
 * Response fields that must be left out for this client (spec/rest.md §1.5). Python up to 8.42.0 raises on fields it does not know, so a Python client that does
 * not say its version is treated as one of those; nobody else needs anything hidden.
 */
export function fieldsHiddenFrom(client: ClientVersion | null | undefined, object: SkewedObject): readonly string[] {
  if (client?.language !== "python") return [];
  return isNewerThan(client.version, LAST_STRICT_PYTHON) ? [] : NEW_FIELDS[object];
}

function isNewerThan(version: string, limit: readonly number[]): boolean {
  const match = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(version);
  if (match === null) return false;
  const parts = match.slice(1).map((part) => Number(part ?? 0));
  const firstDifference = limit.findIndex((value, index) => parts[index] !== value);
  return firstDifference >= 0 && (parts[firstDifference] ?? 0) > (limit[firstDifference] ?? 0);
}
