import * as z from "zod";
import { pageOf } from "../pagination.js";
import { Rfc3339 } from "../timestamps.js";
import { Id, nameField, patchBody, requestBody, spaceScopedQuery } from "./fields.js";
import { AiIntegrationScopingInput, HeaderMapInput, IntegrationScoping } from "./scopings.js";

export const AiIntegrationProvider = z
  .enum(["OPEN_AI", "AZURE_OPEN_AI", "AWS_BEDROCK", "VERTEX_AI", "ANTHROPIC", "CUSTOM", "NVIDIA_NIM", "GEMINI"])
  .meta({ id: "AiIntegrationProvider" });
export type AiIntegrationProvider = z.infer<typeof AiIntegrationProvider>;

export const AiIntegrationAuthType = z
  .enum(["DEFAULT", "PROXY_WITH_HEADERS", "BEARER_TOKEN"])
  .meta({ id: "AiIntegrationAuthType" });
export type AiIntegrationAuthType = z.infer<typeof AiIntegrationAuthType>;

/** What Bedrock (AWS) and Vertex (GCP) need besides a name. None of it is a secret. */
export const ProviderMetadata = z
  .discriminatedUnion("kind", [
    requestBody({ kind: z.literal("AWS"), role_arn: z.string().min(1), external_id: z.string().nullable().optional() }),
    requestBody({
      kind: z.literal("GCP"),
      project_id: z.string().min(1),
      location: z.string().min(1),
      project_access_label: z.string().min(1),
    }),
  ])
  .meta({ id: "ProviderMetadata" });
export type ProviderMetadata = z.infer<typeof ProviderMetadata>;

/** A connection to the provider of models (spec/rest.md §3.19). Its API key is never returned. */
export const AiIntegration = z
  .strictObject({
    id: Id,
    name: z.string(),
    provider: AiIntegrationProvider,
    has_api_key: z.boolean(),
    base_url: z.string().nullable().optional(),
    model_names: z.array(z.string()).nullable().optional(),
    headers: z.record(z.string(), z.string()).nullable().optional(),
    enable_default_models: z.boolean(),
    function_calling_enabled: z.boolean(),
    auth_type: AiIntegrationAuthType,
    provider_metadata: ProviderMetadata.nullable().optional(),
    scopings: z.array(IntegrationScoping),
    created_at: Rfc3339,
    updated_at: Rfc3339,
    created_by_user_id: Id,
  })
  .meta({ id: "AiIntegration" });
export type AiIntegration = z.infer<typeof AiIntegration>;

export const AiIntegrationPage = pageOf("ai_integrations", AiIntegration).meta({ id: "AiIntegrationPage" });
export type AiIntegrationPage = z.infer<typeof AiIntegrationPage>;

const settings = {
  model_names: z.array(z.string().min(1)).optional(),
  enable_default_models: z.boolean().optional(),
  function_calling_enabled: z.boolean().optional(),
  auth_type: AiIntegrationAuthType.optional(),
  scopings: z.array(AiIntegrationScopingInput).optional(),
};
/** Without `scopings` the whole account sees it. `provider_metadata` is required for AWS_BEDROCK and VERTEX_AI. */
export const CreateAiIntegrationRequest = requestBody({
  name: nameField(),
  provider: AiIntegrationProvider,
  api_key: z.string().min(1).optional(),
  base_url: z.string().min(1).optional(),
  headers: HeaderMapInput.optional(),
  provider_metadata: ProviderMetadata.optional(),
  ...settings,
}).meta({ id: "CreateAiIntegrationRequest" });
export type CreateAiIntegrationRequest = z.input<typeof CreateAiIntegrationRequest>;

/** `null` removes; lists and maps replace what was there. */
export const UpdateAiIntegrationRequest = patchBody({
  name: nameField().optional(),
  provider: AiIntegrationProvider.optional(),
  api_key: z.string().min(1).nullable().optional(),
  base_url: z.string().min(1).nullable().optional(),
  headers: HeaderMapInput.nullable().optional(),
  provider_metadata: ProviderMetadata.nullable().optional(),
  ...settings,
}).meta({ id: "UpdateAiIntegrationRequest" });
export type UpdateAiIntegrationRequest = z.input<typeof UpdateAiIntegrationRequest>;

export const ListAiIntegrationsQuery = spaceScopedQuery;
export type ListAiIntegrationsQuery = z.input<typeof ListAiIntegrationsQuery>;

export const IntegrationPath = z.object({ integration_id: Id });
