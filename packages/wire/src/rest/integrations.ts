import * as z from "zod";
import type { JsonObject } from "../json.js";
import { pageOf } from "../pagination.js";
import { Rfc3339 } from "../timestamps.js";
import { Id, listOf, nameField, openRecord, patchBody, requestBody, spaceScopedQuery, textField } from "./fields.js";
import { LlmConfig, LlmConfigInput, UpdateLlmConfigInput } from "./llm-configs.js";
import { HeaderMapInput, IntegrationScoping, IntegrationScopingInput } from "./scopings.js";

export const IntegrationType = z.enum(["LLM", "AGENT"]).meta({ id: "IntegrationType" });
export type IntegrationType = z.infer<typeof IntegrationType>;

const AnyObject = openRecord<JsonObject>(() => undefined);

/** A named request body for an agent; it fits the agent's input schema but for fields that are left out. */
const RequestPreset = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable().optional(),
  config: AnyObject,
  created_at: Rfc3339,
  updated_at: Rfc3339,
});
const AgentConfig = z.strictObject({
  endpoint: z.string(),
  has_headers: z.boolean(),
  input_schema: AnyObject,
  request_presets: z.array(RequestPreset),
});
export type AgentConfig = z.infer<typeof AgentConfig>;

const common = {
  id: Id,
  name: z.string(),
  scopings: z.array(IntegrationScoping),
  created_at: Rfc3339,
  updated_at: Rfc3339,
};
/** A connection to a provider of models, or to an agent (spec/rest.md §3.20). Keys and header values are never returned. */
export const Integration = z
  .discriminatedUnion("type", [
    z.strictObject({ ...common, type: z.literal("LLM"), created_by_user_id: Id, config: LlmConfig }),
    z.strictObject({
      ...common,
      type: z.literal("AGENT"),
      description: z.string().nullable().optional(),
      created_by_user_id: Id.nullable(),
      config: AgentConfig,
    }),
  ])
  .meta({ id: "Integration" });
export type Integration = z.infer<typeof Integration>;

export const IntegrationPage = pageOf("integrations", Integration).meta({ id: "IntegrationPage" });
export type IntegrationPage = z.infer<typeof IntegrationPage>;

const PresetInput = requestBody({
  name: nameField(255),
  description: textField(1024).nullable().optional(),
  config: AnyObject,
});
const agentFields = {
  endpoint: z.string().min(1).max(2048),
  input_schema: AnyObject,
  request_presets: listOf(PresetInput, 0, undefined, (preset) => preset.name).optional(),
};
const scopings = z.array(IntegrationScopingInput).optional();

export const CreateIntegrationRequest = z
  .discriminatedUnion("type", [
    requestBody({ type: z.literal("LLM"), name: nameField(), scopings, config: LlmConfigInput }),
    requestBody({
      type: z.literal("AGENT"),
      name: nameField(),
      description: z.string().nullable().optional(),
      scopings,
      config: requestBody({ ...agentFields, headers: HeaderMapInput.optional() }),
    }),
  ])
  .meta({ id: "CreateIntegrationRequest" });
export type CreateIntegrationRequest = z.input<typeof CreateIntegrationRequest>;

/** `type` repeats the stored type. Scalars merge, collections replace. */
export const UpdateIntegrationRequest = z
  .discriminatedUnion("type", [
    patchBody(
      { type: z.literal("LLM"), name: nameField().optional(), scopings, config: UpdateLlmConfigInput.optional() },
      ["name", "scopings", "config"],
    ),
    patchBody(
      {
        type: z.literal("AGENT"),
        name: nameField().optional(),
        description: z.string().nullable().optional(),
        scopings,
        config: requestBody({
          endpoint: agentFields.endpoint.optional(),
          input_schema: AnyObject.optional(),
          request_presets: agentFields.request_presets,
          headers: HeaderMapInput.nullable().optional(),
        }).optional(),
      },
      ["name", "description", "scopings", "config"],
    ),
  ])
  .meta({ id: "UpdateIntegrationRequest" });
export type UpdateIntegrationRequest = z.input<typeof UpdateIntegrationRequest>;

/** Both types unless one is named. */
export const ListIntegrationsQuery = spaceScopedQuery.extend({ type: IntegrationType.optional() });
export type ListIntegrationsQuery = z.input<typeof ListIntegrationsQuery>;
