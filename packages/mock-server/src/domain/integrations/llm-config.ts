import type { LlmConfig, LlmConfigInput, UpdateLlmConfigInput } from "@axlab/wire/rest";
import { UnprocessableError } from "../../errors.js";
import { NEW_LLM_SETTINGS, WRITE_ONLY, type LlmSettings } from "./llm-settings.js";

/** `/v2/integrations` has no form for AZURE_OPEN_AI: such an integration is seen at `/v2/ai-integrations` only (`decisions/0034`). */
type Presentable = Exclude<LlmSettings["provider"], "AZURE_OPEN_AI">;
export const isPresentable = ({ provider }: LlmSettings): boolean => provider !== "AZURE_OPEN_AI";

/** The fields of a config that each provider understands, besides `provider`. */
const FIELDS: Record<Presentable, readonly (keyof UpdateLlmConfigInput)[]> = {
  OPEN_AI: ["api_key", "is_function_calling_enabled"],
  ANTHROPIC: ["api_key", "is_function_calling_enabled"],
  GEMINI: ["api_key", "is_function_calling_enabled"],
  AWS_BEDROCK: ["auth", "is_default_models_enabled", "model_names"],
  CUSTOM: ["api_key", "is_function_calling_enabled", "base_url", "headers", "is_default_models_enabled", "model_names"],
  NVIDIA_NIM: [
    "api_key",
    "is_function_calling_enabled",
    "base_url",
    "headers",
    "is_default_models_enabled",
    "model_names",
  ],
  VERTEX_AI: ["project_id", "location", "project_access_label"],
};

/** @throws UnprocessableError when no model could be reached */
export function newLlmSettings(config: LlmConfigInput): LlmSettings {
  return mergeLlmSettings({ ...NEW_LLM_SETTINGS, provider: config.provider }, config);
}

/** Scalars merge, collections and `auth` replace. @throws UnprocessableError for what the provider does not understand, or cannot do without */
export function mergeLlmSettings(settings: LlmSettings, config: UpdateLlmConfigInput): LlmSettings {
  const { provider } = settings;
  if (provider === "AZURE_OPEN_AI")
    throw new UnprocessableError("provider: AZURE_OPEN_AI is changed at /v2/ai-integrations.");
  if (config.provider !== undefined && config.provider !== provider)
    throw new UnprocessableError(`config.provider: this integration is of ${provider}, which cannot change.`);
  for (const field of Object.keys(config)) {
    if (field !== "provider" && !FIELDS[provider].some((known) => known === field))
      throw new UnprocessableError(
        `config.${field}: does not apply to ${provider}, which has ${FIELDS[provider].join(", ")}.`,
      );
  }
  if (provider === "CUSTOM" && config.base_url === null)
    throw new UnprocessableError("config.base_url: CUSTOM cannot be without one; give another instead of null.");
  const merged = withModels(withAuth(withConnection(settings, config), config), config);
  if (FIELDS[provider].includes("model_names") && !merged.enable_default_models && merged.model_names.length === 0)
    throw new UnprocessableError("config: needs a model; set is_default_models_enabled, or name one in model_names.");
  return merged;
}

function withConnection(settings: LlmSettings, config: UpdateLlmConfigInput): LlmSettings {
  const { project_id, location, project_access_label, api_key, base_url, headers } = config;
  const gcp = settings.provider_metadata?.kind === "GCP" ? settings.provider_metadata : undefined;
  return {
    ...settings,
    has_api_key: api_key === undefined ? settings.has_api_key : api_key !== null,
    base_url: base_url === undefined ? settings.base_url : base_url,
    headers: headers === undefined ? settings.headers : namesOnly(headers),
    function_calling_enabled: config.is_function_calling_enabled ?? settings.function_calling_enabled,
    provider_metadata:
      settings.provider === "VERTEX_AI"
        ? {
            kind: "GCP",
            project_id: project_id ?? gcp?.project_id ?? "",
            location: location ?? gcp?.location ?? "",
            project_access_label: project_access_label ?? gcp?.project_access_label ?? "",
          }
        : settings.provider_metadata,
  };
}

const withModels = (settings: LlmSettings, config: UpdateLlmConfigInput): LlmSettings => ({
  ...settings,
  enable_default_models: config.is_default_models_enabled ?? settings.enable_default_models,
  model_names: config.model_names ?? settings.model_names,
});

/** Another way to authenticate leaves nothing of the one before. */
function withAuth(settings: LlmSettings, { auth }: UpdateLlmConfigInput): LlmSettings {
  if (auth === undefined) return settings;
  return {
    ...settings,
    auth_type: auth.auth_type,
    base_url: auth.base_url ?? null,
    has_api_key: auth.auth_type === "BEARER_TOKEN",
    headers: auth.auth_type === "PROXY_WITH_HEADERS" ? namesOnly(auth.headers ?? null) : null,
    provider_metadata:
      auth.auth_type === "DEFAULT"
        ? { kind: "AWS", role_arn: auth.role_arn, external_id: auth.external_id ?? null }
        : null,
  };
}

const namesOnly = (headers: Record<string, string> | null): Record<string, string> | null =>
  headers === null ? null : Object.fromEntries(Object.keys(headers).map((name) => [name, WRITE_ONLY]));

/** @throws UnprocessableError for AZURE_OPEN_AI, which has no form here */
export function presentLlmConfig(settings: LlmSettings): LlmConfig {
  const { provider, base_url, has_api_key } = settings;
  const header_names = Object.keys(settings.headers ?? {});
  const keyed = { is_function_calling_enabled: settings.function_calling_enabled, has_api_key };
  const models = { is_default_models_enabled: settings.enable_default_models, model_names: settings.model_names };
  const metadata = settings.provider_metadata;
  switch (provider) {
    case "OPEN_AI":
    case "ANTHROPIC":
    case "GEMINI":
      return { provider, ...keyed };
    case "CUSTOM":
      return { provider, ...keyed, ...models, base_url: base_url ?? "", header_names };
    case "NVIDIA_NIM":
      return { provider, ...keyed, ...models, base_url, header_names };
    case "VERTEX_AI":
      return {
        provider,
        project_id: metadata?.kind === "GCP" ? metadata.project_id : "",
        location: metadata?.kind === "GCP" ? metadata.location : "",
        project_access_label: metadata?.kind === "GCP" ? metadata.project_access_label : "",
      };
    case "AWS_BEDROCK":
      return { provider, ...models, auth: presentAuth(settings) };
    case "AZURE_OPEN_AI":
      throw new UnprocessableError("AZURE_OPEN_AI integrations are read at /v2/ai-integrations.");
  }
}

function presentAuth({ auth_type, base_url, has_api_key, headers, provider_metadata }: LlmSettings) {
  switch (auth_type) {
    case "BEARER_TOKEN":
      return { auth_type, has_api_key, base_url };
    case "PROXY_WITH_HEADERS":
      return { auth_type, base_url: base_url ?? "", header_names: Object.keys(headers ?? {}) };
    case "DEFAULT": {
      const aws = provider_metadata?.kind === "AWS" ? provider_metadata : undefined;
      return { auth_type, role_arn: aws?.role_arn ?? "", external_id: aws?.external_id ?? null, base_url };
    }
  }
}
