import * as z from "zod";
import { pageOf, pageQuery } from "../pagination.js";
import { Rfc3339 } from "../timestamps.js";
import { Id, listOf, nameField, patchBody, requestBody, spaceScopedQuery } from "./fields.js";
import {
  InputVariableFormat,
  InvocationParams,
  InvocationParamsInput,
  LlmMessage,
  LlmProvider,
  ProviderParams,
  ProviderParamsInput,
} from "./llm.js";

const promptFields = {
  id: Id,
  name: z.string(),
  description: z.string().nullable().optional(),
  space_id: Id,
  created_at: Rfc3339,
  updated_at: Rfc3339,
  created_by_user_id: Id,
};

/** A prompt (spec/rest.md §3.16). What it says stands in its versions. */
export const Prompt = z.strictObject(promptFields).meta({ id: "Prompt" });
export type Prompt = z.infer<typeof Prompt>;

/** One version of a prompt, which never changes; only its labels move. `model` is empty when none was given. */
export const PromptVersion = z
  .strictObject({
    id: Id,
    prompt_id: Id,
    commit_hash: z.string(),
    commit_message: z.string(),
    messages: z.array(LlmMessage),
    input_variable_format: InputVariableFormat,
    provider: LlmProvider,
    model: z.string(),
    invocation_params: InvocationParams.optional(),
    provider_params: ProviderParams.optional(),
    created_at: Rfc3339,
    created_by_user_id: Id,
    labels: z.array(z.string()).optional(),
  })
  .meta({ id: "PromptVersion" });
export type PromptVersion = z.infer<typeof PromptVersion>;

/** The version that was asked for, else the latest. */
export const PromptWithVersion = z
  .strictObject({ ...promptFields, version: PromptVersion })
  .meta({ id: "PromptWithVersion" });
export type PromptWithVersion = z.infer<typeof PromptWithVersion>;

export const PromptPage = pageOf("prompts", Prompt).meta({ id: "PromptPage" });
export type PromptPage = z.infer<typeof PromptPage>;
export const PromptVersionPage = pageOf("prompt_versions", PromptVersion).meta({ id: "PromptVersionPage" });
export type PromptVersionPage = z.infer<typeof PromptVersionPage>;

const versionInput = {
  commit_message: z.string(),
  input_variable_format: InputVariableFormat.default("F_STRING"),
  provider: LlmProvider,
  model: z.string().optional(),
  messages: listOf(LlmMessage, 1),
  invocation_params: InvocationParamsInput.optional(),
  provider_params: ProviderParamsInput.optional(),
};
export const CreatePromptVersionRequest = requestBody(versionInput).meta({ id: "CreatePromptVersionRequest" });
export type CreatePromptVersionRequest = z.input<typeof CreatePromptVersionRequest>;

export const CreatePromptRequest = requestBody({
  space_id: Id,
  name: nameField(),
  description: z.string().optional(),
  version: requestBody(versionInput).meta({ id: "PromptVersionCreateRequest" }),
}).meta({ id: "CreatePromptRequest" });
export type CreatePromptRequest = z.input<typeof CreatePromptRequest>;

/** The name is immutable; `null` clears the description. */
export const UpdatePromptRequest = patchBody({ description: z.string().nullable().optional() }).meta({
  id: "UpdatePromptRequest",
});
export type UpdatePromptRequest = z.input<typeof UpdatePromptRequest>;

/** Replaces all labels of the version; one that another version of the prompt holds moves here. */
export const SetPromptVersionLabelsRequest = requestBody({
  labels: listOf(nameField(), 0, undefined, (label) => label),
}).meta({ id: "SetPromptVersionLabelsRequest" });
export type SetPromptVersionLabelsRequest = z.input<typeof SetPromptVersionLabelsRequest>;

export const ListPromptsQuery = spaceScopedQuery;
export type ListPromptsQuery = z.input<typeof ListPromptsQuery>;
export const ListPromptVersionsQuery = pageQuery(50, 100);
export type ListPromptVersionsQuery = z.input<typeof ListPromptVersionsQuery>;
export const GetPromptQuery = z
  .object({ version_id: Id.optional(), label: z.string().min(1).optional() })
  .refine(
    (query) => query.version_id === undefined || query.label === undefined,
    "may name version_id or label, not both",
  );
export type GetPromptQuery = z.input<typeof GetPromptQuery>;

export const PromptPath = z.object({ prompt_id: Id });
export const PromptLabelPath = z.object({ prompt_id: Id, label_name: z.string() });
export const PromptVersionPath = z.object({ version_id: Id });
export const PromptVersionLabelPath = z.object({ version_id: Id, label_name: z.string() });
