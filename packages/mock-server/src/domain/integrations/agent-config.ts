import { isJsonObject, type JsonObject, type JsonValue } from "@axlab/wire";
import type { AgentConfig } from "@axlab/wire/rest";
import { Ajv } from "ajv";
import { z } from "zod";
import { InvalidRequestError } from "../../errors.js";
import type { IntegrationRow } from "../../store/tables/index.js";
import { newRecordId, readStored } from "../rows.js";

const Preset = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  config: z.custom<JsonObject>(isJsonObject),
  created_at: z.string(),
  updated_at: z.string(),
});
/** How an agent is called. The platform calls none; of its headers it keeps only that there are some. */
const AgentSettings = z.object({
  endpoint: z.string(),
  has_headers: z.boolean(),
  input_schema: z.custom<JsonObject>(isJsonObject),
  request_presets: z.array(Preset),
});
export type AgentSettings = z.infer<typeof AgentSettings>;

export interface AgentChanges {
  endpoint?: string | undefined;
  headers?: Record<string, string> | null | undefined;
  input_schema?: JsonObject | undefined;
  request_presets?:
    readonly { name: string; description?: string | null | undefined; config: JsonObject }[] | undefined;
}

export const agentSettingsOf = (row: Pick<IntegrationRow, "config">): AgentSettings =>
  AgentSettings.parse(readStored(row.config));

export const presentAgentConfig = (settings: AgentSettings): AgentConfig => settings;

/**
 * Scalars merge, collections replace; a preset is known by its name and keeps its id.
 * @param now RFC 3339
 * @throws InvalidRequestError for an endpoint that is no public https URL, a schema that is none, or a preset that does not fit the schema
 */
export function mergeAgentSettings(
  before: AgentSettings | undefined,
  changes: AgentChanges,
  now: string,
): AgentSettings {
  const known = new Map(before?.request_presets.map((preset) => [preset.name, preset]));
  const settings: AgentSettings = {
    endpoint: changes.endpoint ?? before?.endpoint ?? "",
    has_headers:
      changes.headers === undefined ? (before?.has_headers ?? false) : Object.keys(changes.headers ?? {}).length > 0,
    input_schema: changes.input_schema ?? before?.input_schema ?? {},
    request_presets:
      changes.request_presets?.map(({ name, description, config }) => {
        const old = known.get(name);
        return {
          id: old?.id ?? newRecordId(),
          name,
          description: description ?? null,
          config,
          created_at: old?.created_at ?? now,
          updated_at: now,
        };
      }) ??
      before?.request_presets ??
      [],
  };
  requirePublic(settings.endpoint);
  requireFitting(settings);
  return settings;
}

const PRIVATE_HOST =
  /^(localhost|.*\.localhost|.*\.local|.*\.internal|0\.0\.0\.0|127\..*|10\..*|192\.168\..*|169\.254\..*|172\.(1[6-9]|2\d|3[01])\..*|\[.*\])$/i;

/** Judged by what the URL says: no name is looked up, so that the answer is the same without a network (`decisions/0034`). */
function requirePublic(endpoint: string): void {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (url?.protocol !== "https:")
    throw new InvalidRequestError("config.endpoint: must be an https URL, such as https://agent.example.com/run.");
  if (PRIVATE_HOST.test(url.hostname))
    throw new InvalidRequestError(`config.endpoint: ${url.hostname} is not a public address.`);
}

function requireFitting({ input_schema, request_presets }: AgentSettings): void {
  const { $id: _, ...schema } = withoutRequired(input_schema);
  const ajv = new Ajv({ strict: false, validateFormats: false });
  let fits: ReturnType<Ajv["compile"]>;
  try {
    fits = ajv.compile(schema);
  } catch (error) {
    throw new InvalidRequestError(
      `config.input_schema: not a JSON Schema of draft 7 (${error instanceof Error ? error.message : "unreadable"}).`,
    );
  }
  request_presets.forEach(({ name, config }, index) => {
    if (fits(config)) return;
    throw new InvalidRequestError(
      `config.request_presets[${index}].config: "${name}" does not fit input_schema: ${ajv.errorsText(fits.errors, { dataVar: "config" })}.`,
    );
  });
}

/** A preset fills in part of a request, so nothing in it is required. A property that is called "required" stays. */
function withoutRequired(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key, value]) => !(key === "required" && Array.isArray(value)))
      .map(([key, value]) => [key, relaxed(value)]),
  );
}
const relaxed = (value: JsonValue): JsonValue =>
  Array.isArray(value) ? value.map(relaxed) : isJsonObject(value) ? withoutRequired(value) : value;

/** Whether a request body is what the agent takes; null when it is, else what is wrong. */
export function misfit({ input_schema }: AgentSettings, body: JsonObject): string | null {
  const { $id: _, ...schema } = input_schema;
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const fits = ajv.compile(schema);
  return fits(body) ? null : ajv.errorsText(fits.errors, { dataVar: "input_template" });
}
