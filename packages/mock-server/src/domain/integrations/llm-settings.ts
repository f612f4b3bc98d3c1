import { AiIntegrationAuthType, AiIntegrationProvider, ProviderMetadata } from "@axlab/wire/rest";
import { z } from "zod";
import { UnprocessableError } from "../../errors.js";
import type { IntegrationRow } from "../../store/tables/index.js";
import { readStored } from "../rows.js";

/**
 * How the provider of models is reached, in one form for both families of endpoints. The platform calls no provider, so of a secret it keeps
 * only that there is one: `has_api_key`, and for headers that were given as write-only, `WRITE_ONLY` in place of the value.
 */
const LlmSettings = z.object({
  provider: AiIntegrationProvider,
  has_api_key: z.boolean(),
  base_url: z.string().nullable(),
  model_names: z.array(z.string()),
  headers: z.record(z.string(), z.string()).nullable(),
  enable_default_models: z.boolean(),
  function_calling_enabled: z.boolean(),
  auth_type: AiIntegrationAuthType,
  provider_metadata: ProviderMetadata.nullable(),
});
export type LlmSettings = z.infer<typeof LlmSettings>;

export const WRITE_ONLY = "(write-only)";

export const llmSettingsOf = (row: Pick<IntegrationRow, "config">): LlmSettings =>
  LlmSettings.parse(readStored(row.config));

export const NEW_LLM_SETTINGS: Omit<LlmSettings, "provider"> = {
  has_api_key: false,
  base_url: null,
  model_names: [],
  headers: null,
  enable_default_models: false,
  function_calling_enabled: true,
  auth_type: "DEFAULT",
  provider_metadata: null,
};

const METADATA_OF: Partial<Record<AiIntegrationProvider, { kind: ProviderMetadata["kind"]; fields: string }>> = {
  AWS_BEDROCK: { kind: "AWS", fields: "role_arn" },
  VERTEX_AI: { kind: "GCP", fields: "project_id, location and project_access_label" },
};

/** @throws UnprocessableError when a provider lacks the metadata it needs, or has metadata that it does not understand */
export function requireMetadata({ provider, auth_type, provider_metadata: metadata }: LlmSettings): void {
  const wanted = METADATA_OF[provider];
  if (wanted === undefined) {
    if (metadata === null) return;
    throw new UnprocessableError(`provider_metadata: ${provider} has none; only AWS_BEDROCK and VERTEX_AI do.`);
  }
  const assumesNoRole = provider === "AWS_BEDROCK" && auth_type !== "DEFAULT";
  if (assumesNoRole && metadata === null) return;
  if (metadata?.kind !== wanted.kind)
    throw new UnprocessableError(`provider_metadata: ${provider} needs kind ${wanted.kind} with ${wanted.fields}.`);
}
