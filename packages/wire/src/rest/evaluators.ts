import * as z from "zod";
import { pageOf, pageQuery } from "../pagination.js";
import { Rfc3339 } from "../timestamps.js";
import { OptimizationDirection } from "./annotation-configs.js";
import { Id, nameField, patchBody, requestBody, spaceScopedQuery } from "./fields.js";
import { InvocationParams, InvocationParamsInput, ProviderParams, ProviderParamsInput } from "./llm.js";

export const DataGranularity = z.enum(["SPAN", "TRACE", "SESSION"]).meta({ id: "DataGranularity" });
export type DataGranularity = z.infer<typeof DataGranularity>;

/** HARNESS and REMOTE evaluators are read, never made here. */
export const EvaluatorType = z.enum(["TEMPLATE", "CODE", "HARNESS", "REMOTE"]).meta({ id: "EvaluatorType" });
export type EvaluatorType = z.infer<typeof EvaluatorType>;

export const ManagedCodeEvaluator = z
  .enum(["MATCHES_REGEX", "JSON_PARSEABLE", "CONTAINS_ANY_KEYWORD", "CONTAINS_ALL_KEYWORDS", "EXACT_MATCH"])
  .meta({ id: "ManagedCodeEvaluator" });
export type ManagedCodeEvaluator = z.infer<typeof ManagedCodeEvaluator>;

/** The name of the columns that an evaluation writes. */
const ColumnName = z.string().regex(/^[a-zA-Z0-9_\s\-&()]+$/, "must consist of letters, digits, spaces and _ - & ( )");

const StaticParam = requestBody({
  name: z.string().min(1),
  type: z.enum(["STRING", "STRING_ARRAY", "REGEX"]),
  default_value: z.union([z.string(), z.array(z.string())]),
})
  .refine(({ type, default_value }) => Array.isArray(default_value) === (type === "STRING_ARRAY"), {
    path: ["default_value"],
    message: "must be a list of strings for STRING_ARRAY, and a string for STRING and REGEX",
  })
  .meta({ id: "StaticParam" });

const codeFields = {
  name: ColumnName,
  variables: z.array(z.string().min(1)),
  static_params: z.array(StaticParam).optional(),
  data_granularity: DataGranularity.nullable().optional(),
  query_filter: z.string().nullable().optional(),
};
/** Code that needs no model: a managed check, or Python of the user's. Requests and answers hold the same fields. */
export const CodeConfig = z
  .discriminatedUnion("type", [
    requestBody({ type: z.literal("MANAGED"), managed_evaluator: ManagedCodeEvaluator, ...codeFields }).meta({
      id: "ManagedCodeConfig",
    }),
    requestBody({
      type: z.literal("CUSTOM"),
      code: z.string().min(1),
      imports: z.string().nullable().optional(),
      ...codeFields,
    }).meta({ id: "CustomCodeConfig" }),
  ])
  .meta({ id: "CodeConfig" });
export type CodeConfig = z.infer<typeof CodeConfig>;

const templateFields = {
  name: ColumnName,
  template: z.string().min(1),
  include_explanations: z.boolean(),
  use_function_calling_if_available: z.boolean(),
  classification_choices: z.record(z.string(), z.number()).nullable().optional(),
};
const model = { ai_integration_id: Id, model_name: z.string().min(1) };
/** A question to a model about a record. */
export const TemplateConfig = z
  .strictObject({
    ...templateFields,
    use_structured_output: z.boolean().optional(),
    direction: OptimizationDirection.optional(),
    data_granularity: DataGranularity.nullable().optional(),
    llm_config: z.strictObject({
      ...model,
      invocation_parameters: InvocationParams,
      provider_parameters: ProviderParams,
    }),
  })
  .meta({ id: "TemplateConfig" });
export type TemplateConfig = z.infer<typeof TemplateConfig>;

export const TemplateConfigInput = requestBody({
  ...templateFields,
  use_structured_output: z.boolean().default(true),
  direction: OptimizationDirection.default("MAXIMIZE"),
  data_granularity: DataGranularity.default("SPAN"),
  llm_config: requestBody({
    ...model,
    invocation_parameters: InvocationParamsInput,
    provider_parameters: ProviderParamsInput,
  }),
}).meta({ id: "TemplateConfigInput" });
export type TemplateConfigInput = z.input<typeof TemplateConfigInput>;

const evaluatorFields = {
  id: Id,
  name: z.string(),
  description: z.string().nullable().optional(),
  type: EvaluatorType,
  space_id: Id,
  created_at: Rfc3339,
  updated_at: Rfc3339,
  created_by_user_id: Id.nullable(),
};
/** An evaluator (spec/rest.md §3.17). What it does stands in its versions. */
export const Evaluator = z.strictObject(evaluatorFields).meta({ id: "Evaluator" });
export type Evaluator = z.infer<typeof Evaluator>;

const versionFields = {
  id: Id,
  evaluator_id: Id,
  commit_hash: z.string(),
  commit_message: z.string().nullable(),
  created_at: Rfc3339,
  created_by_user_id: Id.nullable(),
};
/** One version of an evaluator, which never changes; its `type` is the evaluator's. */
export const EvaluatorVersion = z
  .discriminatedUnion("type", [
    z.strictObject({ ...versionFields, type: z.literal("TEMPLATE"), template_config: TemplateConfig }),
    z.strictObject({ ...versionFields, type: z.literal("CODE"), code_config: CodeConfig }),
    z.strictObject({ ...versionFields, type: z.literal("HARNESS") }),
    z.strictObject({ ...versionFields, type: z.literal("REMOTE") }),
  ])
  .meta({ id: "EvaluatorVersion" });
export type EvaluatorVersion = z.infer<typeof EvaluatorVersion>;

export const EvaluatorWithVersion = z
  .strictObject({ ...evaluatorFields, version: EvaluatorVersion })
  .meta({ id: "EvaluatorWithVersion" });
export type EvaluatorWithVersion = z.infer<typeof EvaluatorWithVersion>;

export const EvaluatorPage = pageOf("evaluators", Evaluator).meta({ id: "EvaluatorPage" });
export type EvaluatorPage = z.infer<typeof EvaluatorPage>;
export const EvaluatorVersionPage = pageOf("evaluator_versions", EvaluatorVersion).meta({ id: "EvaluatorVersionPage" });
export type EvaluatorVersionPage = z.infer<typeof EvaluatorVersionPage>;

/** Exactly one of the two configurations, the one of the evaluator's type. */
export const CreateEvaluatorVersionRequest = requestBody({
  commit_message: z.string(),
  template_config: TemplateConfigInput.optional(),
  code_config: CodeConfig.optional(),
})
  .refine((version) => (version.template_config === undefined) !== (version.code_config === undefined), {
    error: "must have exactly one of template_config and code_config",
    when: (payload) => payload.issues.length === 0,
  })
  .meta({ id: "CreateEvaluatorVersionRequest" });
export type CreateEvaluatorVersionRequest = z.input<typeof CreateEvaluatorVersionRequest>;

export const CreateEvaluatorRequest = requestBody({
  space_id: Id,
  name: nameField(),
  description: z.string().optional(),
  type: z.enum(["TEMPLATE", "CODE"]),
  version: CreateEvaluatorVersionRequest,
})
  .refine(({ type, version }) => (type === "TEMPLATE") === (version.template_config !== undefined), {
    path: ["version"],
    error: "must have template_config for type TEMPLATE, code_config for type CODE",
    when: (payload) => payload.issues.length === 0,
  })
  .meta({ id: "CreateEvaluatorRequest" });
export type CreateEvaluatorRequest = z.input<typeof CreateEvaluatorRequest>;

export const UpdateEvaluatorRequest = patchBody({
  name: nameField().optional(),
  description: z.string().nullable().optional(),
}).meta({ id: "UpdateEvaluatorRequest" });
export type UpdateEvaluatorRequest = z.input<typeof UpdateEvaluatorRequest>;

export const ListEvaluatorsQuery = spaceScopedQuery;
export type ListEvaluatorsQuery = z.input<typeof ListEvaluatorsQuery>;
export const ListEvaluatorVersionsQuery = pageQuery(50, 100);
export type ListEvaluatorVersionsQuery = z.input<typeof ListEvaluatorVersionsQuery>;
/** The latest version unless another is named. */
export const GetEvaluatorQuery = z.object({ version_id: Id.optional() });
export type GetEvaluatorQuery = z.input<typeof GetEvaluatorQuery>;

export const EvaluatorPath = z.object({ evaluator_id: Id });
export const EvaluatorVersionPath = z.object({ version_id: Id });
