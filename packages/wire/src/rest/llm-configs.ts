import * as z from "zod";
import { requestBody } from "./fields.js";
import { HeaderMapInput } from "./scopings.js";

const enabled = { is_function_calling_enabled: z.boolean() };
const keyed = { ...enabled, has_api_key: z.boolean() };
const models = { is_default_models_enabled: z.boolean(), model_names: z.array(z.string()) };
const header_names = z.array(z.string());

const BedrockAuth = z.discriminatedUnion("auth_type", [
  z.strictObject({
    auth_type: z.literal("DEFAULT"),
    role_arn: z.string(),
    external_id: z.string().nullable(),
    base_url: z.string().nullable(),
  }),
  z.strictObject({ auth_type: z.literal("BEARER_TOKEN"), has_api_key: z.boolean(), base_url: z.string().nullable() }),
  z.strictObject({ auth_type: z.literal("PROXY_WITH_HEADERS"), base_url: z.string(), header_names }),
]);

/** How an LLM integration reaches its provider, as it is read (spec/rest.md §3.20). */
export const LlmConfig = z
  .discriminatedUnion("provider", [
    z.strictObject({ provider: z.literal("OPEN_AI"), ...keyed }),
    z.strictObject({ provider: z.literal("ANTHROPIC"), ...keyed }),
    z.strictObject({ provider: z.literal("GEMINI"), ...keyed }),
    z.strictObject({ provider: z.literal("AWS_BEDROCK"), ...models, auth: BedrockAuth }),
    z.strictObject({ provider: z.literal("CUSTOM"), ...keyed, ...models, base_url: z.string(), header_names }),
    z.strictObject({
      provider: z.literal("VERTEX_AI"),
      project_id: z.string(),
      location: z.string(),
      project_access_label: z.string(),
    }),
    z.strictObject({
      provider: z.literal("NVIDIA_NIM"),
      ...keyed,
      ...models,
      base_url: z.string().nullable(),
      header_names,
    }),
  ])
  .meta({ id: "LlmConfig" });
export type LlmConfig = z.infer<typeof LlmConfig>;

const key = z.string().min(1);
const url = z.string().min(1);
const BedrockAuthInput = z.discriminatedUnion("auth_type", [
  requestBody({
    auth_type: z.literal("DEFAULT"),
    role_arn: z.string().min(1),
    external_id: z.string().optional(),
    base_url: url.optional(),
  }),
  requestBody({ auth_type: z.literal("BEARER_TOKEN"), api_key: key, base_url: url.optional() }),
  requestBody({ auth_type: z.literal("PROXY_WITH_HEADERS"), base_url: url, headers: HeaderMapInput.optional() }),
]);
const enabledInput = { is_function_calling_enabled: z.boolean().default(true) };
const modelsInput = {
  is_default_models_enabled: z.boolean().default(false),
  model_names: z.array(z.string().min(1)).default([]),
};

export const LlmConfigInput = z
  .discriminatedUnion("provider", [
    requestBody({ provider: z.literal("OPEN_AI"), api_key: key, ...enabledInput }),
    requestBody({ provider: z.literal("ANTHROPIC"), api_key: key, ...enabledInput }),
    requestBody({ provider: z.literal("GEMINI"), api_key: key, ...enabledInput }),
    requestBody({ provider: z.literal("AWS_BEDROCK"), auth: BedrockAuthInput, ...modelsInput }),
    requestBody({
      provider: z.literal("CUSTOM"),
      base_url: url,
      api_key: key.optional(),
      headers: HeaderMapInput.optional(),
      ...enabledInput,
      ...modelsInput,
    }),
    requestBody({
      provider: z.literal("VERTEX_AI"),
      project_id: z.string().min(1),
      location: z.string().min(1),
      project_access_label: z.string().min(1),
    }),
    requestBody({
      provider: z.literal("NVIDIA_NIM"),
      base_url: url.optional(),
      api_key: key.optional(),
      headers: HeaderMapInput.optional(),
      ...enabledInput,
      ...modelsInput,
    }),
  ])
  .meta({ id: "CreateLlmConfig" });
export type LlmConfigInput = z.input<typeof LlmConfigInput>;

/** Which fields a provider understands is the platform's question (422); `null` clears. */
export const UpdateLlmConfigInput = requestBody({
  provider: z.enum(["OPEN_AI", "ANTHROPIC", "GEMINI", "AWS_BEDROCK", "CUSTOM", "VERTEX_AI", "NVIDIA_NIM"]).optional(),
  api_key: key.nullable().optional(),
  is_function_calling_enabled: z.boolean().optional(),
  auth: BedrockAuthInput.optional(),
  base_url: url.nullable().optional(),
  headers: HeaderMapInput.nullable().optional(),
  is_default_models_enabled: z.boolean().optional(),
  model_names: z.array(z.string().min(1)).optional(),
  project_id: z.string().min(1).optional(),
  location: z.string().min(1).optional(),
  project_access_label: z.string().min(1).optional(),
}).meta({ id: "UpdateLlmConfig" });
export type UpdateLlmConfigInput = z.input<typeof UpdateLlmConfigInput>;
