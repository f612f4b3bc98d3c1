import * as z from "zod";
import { isJsonValue, type JsonObject } from "../json.js";
import { openRecord, requestBody } from "./fields.js";

/** Who serves the model that a prompt version is written for (spec/rest.md §3.16). Integrations know more, see `AiIntegrationProvider`. */
export const LlmProvider = z
  .enum(["OPEN_AI", "AZURE_OPEN_AI", "AWS_BEDROCK", "VERTEX_AI", "ANTHROPIC", "CUSTOM"])
  .meta({ id: "LlmProvider" });
export type LlmProvider = z.infer<typeof LlmProvider>;

/** How a template names its variables: `{name}`, `{{name}}`; NONE is the old name of F_STRING. */
export const InputVariableFormat = z.enum(["F_STRING", "MUSTACHE", "NONE"]).meta({ id: "InputVariableFormat" });
export type InputVariableFormat = z.infer<typeof InputVariableFormat>;

export const MessageRole = z.enum(["USER", "ASSISTANT", "SYSTEM", "TOOL"]).meta({ id: "MessageRole" });
export type MessageRole = z.infer<typeof MessageRole>;

const ResponseFormatType = z.enum(["TEXT", "JSON_OBJECT", "JSON_SCHEMA"]).meta({ id: "ResponseFormatType" });

const AnyJson = z.unknown().refine((value) => isJsonValue(value), "must be a JSON value");
const AnyObject = openRecord<JsonObject>(() => undefined);

/** One message of a template. Requests and answers hold the same fields. */
export const LlmMessage = requestBody({
  role: MessageRole,
  content: z.string().nullable().optional(),
  tool_call_id: z.string().optional(),
  tool_calls: z
    .array(
      requestBody({
        id: z.string().optional(),
        type: z.literal("FUNCTION"),
        function: requestBody({ name: z.string(), arguments: z.string().meta({ description: "JSON text" }) }),
      }),
    )
    .optional(),
}).meta({ id: "LLMMessage" });
export type LlmMessage = z.infer<typeof LlmMessage>;

const penalty = z.number().min(-2).max(2).optional();
const invocationParams = {
  temperature: z.number().optional(),
  max_tokens: z.int().optional(),
  max_completion_tokens: z.int().optional(),
  top_p: z.number().optional(),
  frequency_penalty: penalty,
  presence_penalty: penalty,
  stop: z.array(z.string()).optional(),
  response_format: requestBody({
    type: ResponseFormatType.optional(),
    json_schema: requestBody({
      name: z.string().optional(),
      description: z.string().optional(),
      schema: AnyObject.optional(),
      strict: z.boolean().optional(),
    }).optional(),
  }).optional(),
  tool_config: requestBody({ tools: z.array(AnyObject).optional(), tool_choice: AnyJson.optional() }).optional(),
  top_k: z.int().optional(),
  thinking_level: z.string().optional(),
  thinking_budget: z.int().optional(),
  reasoning_effort: z.string().optional(),
  verbosity: z.string().optional(),
};

/** Parameters of the call to the model. Closed where they are written (1.28); an answer may hold more than is declared. */
export const InvocationParamsInput = requestBody(invocationParams).meta({ id: "InvocationParamsRequest" });
export type InvocationParamsInput = z.input<typeof InvocationParamsInput>;
export const InvocationParams = z.looseObject(invocationParams).meta({ id: "InvocationParams" });
export type InvocationParams = z.infer<typeof InvocationParams>;

const providerParams = {
  azure_params: requestBody({
    azure_deployment_name: z.string().optional(),
    azure_openai_endpoint: z.string().optional(),
    azure_openai_version: z.string().optional(),
  }).optional(),
  anthropic_headers: requestBody({ anthropic_beta: z.array(z.string().nullable()).nullable().optional() }).optional(),
  anthropic_version: z.string().optional(),
  bedrock_options: requestBody({ use_converse_endpoint: z.boolean().optional() }).optional(),
  region: z.string().optional(),
};

/** What only one provider understands. Closed where it is written, open in answers. */
export const ProviderParamsInput = requestBody(providerParams).meta({ id: "ProviderParamsRequest" });
export type ProviderParamsInput = z.input<typeof ProviderParamsInput>;
export const ProviderParams = z.looseObject(providerParams).meta({ id: "ProviderParams" });
export type ProviderParams = z.infer<typeof ProviderParams>;
