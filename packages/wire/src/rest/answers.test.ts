import { describe, expect, it } from "vitest";
import * as z from "zod";
import { PERMISSIONS } from "@axlab/auth";
import * as rest from "./index.js";
import { everyObject, without } from "./testing/expect.js";

const at = "2026-05-18T12:00:00.000Z";
const admin = { type: "PREDEFINED", name: "ADMIN" };
const custom = { type: "CUSTOM", id: "r", name: "x" };
const pagination = { has_more: true, next_cursor: "c" };
const dated = { id: "i", name: "x", space_id: "s", created_at: at, updated_at: at };
const annotation = {
  name: "x",
  score: 1,
  label: "l",
  text: "t",
  updated_at: at,
  annotator: { id: "u", email: "a@b.co" },
};
const space = { id: "s", name: "x", description: "", created_at: at, is_private: false };
const organization = { id: "o", name: "x", description: "", created_at: at };
const user = { id: "u", name: "x", email: "a@b.co", created_at: at, status: "ACTIVE", role: admin, is_developer: true };
const key = {
  ...{ id: "k", name: "x", description: "d", key_type: "SERVICE", status: "ACTIVE", redacted_key: "ak-abc...xyz" },
  ...{ created_at: at, expires_at: at, created_by_user_id: "u", last_used_at: at },
};
const bot = {
  ...{ id: "b", name: "x", account_role: admin },
  organizations: [
    { org_id: "o", role: admin, spaces: [{ space_id: "s", role: { type: "CUSTOM", id: "r", name: "x" } }] },
  ],
};
const project = { id: "p", name: "x", space_id: "s", created_at: at };
const version = { id: "v", name: "x", dataset_id: "d", created_at: at, updated_at: at };
const dimension = { category: "feature", name: "x" };
const monitorFilter = { dimension, operator: "EQUALS", values: ["a"] };
const threshold = { type: "MANUAL_SINGLE", operator: "GREATER_THAN", value: 1 };
const monitor = {
  ...{ id: "m", name: "x", project_id: "p", uri: "/monitors/m", status: "CLEARED", threshold, model_versions: ["1"] },
  ...{ notifications_enabled: true, manual_evaluation_enabled: false, created_by_user_id: "u" },
  ...{ created_at: at, updated_at: at, filters: [monitorFilter], notes: "n" },
  notification_configs: [
    { type: "EMAIL", email_address: "a@b.co" },
    { type: "INTEGRATION", integration_id: "i" },
  ],
  downtime: { start: at, duration_seconds: 60, frequency_days: 7 },
  scheduled_runtime: { enabled: true, cadence_seconds: 60, days_of_week: [1] },
  ...{ evaluation_window_length_seconds: 3600, delay_seconds: 0, evaluated_at: at, latest_computed_value: 0.5 },
};
const MONITOR_OPTIONS =
  "filters,notification_configs,downtime,scheduled_runtime,evaluation_window_length_seconds,delay_seconds,evaluated_at,latest_computed_value,notes";
const dataset = { ...dated, versions: [version] };
const example = { id: "e", created_at: at, updated_at: at, annotations: [annotation] };
const deletedExamples = { deleted_example_ids: ["a"], not_deleted_example_ids: ["b"] };
const deletedSpans = { deleted_span_ids: ["a"], not_deleted_span_ids: ["b"] };
const unavailable = { title: "Service Unavailable", status: 503, type: "t", detail: "d", instance: "/" };
const experiment = {
  ...{ ...dated, dataset_id: "d", dataset_version_id: "v" },
  ...{ experiment_traces_project_id: "p", integration_id: "i" },
};
const run = { id: "r", example_id: "e", output: "o", error: "e", annotations: [annotation] };
const role = {
  ...{ id: "r", name: "x", description: "d", permissions: ["SPACE_READ"], is_predefined: false },
  ...{ created_at: at, updated_at: at },
};
const binding = {
  ...{ id: "b", role_id: "r", user_id: "u", resource_type: "SPACE", resource_id: "s" },
  ...{ created_at: at, updated_at: at },
};
const restriction = { resource_type: "PROJECT", resource_id: "p", created_at: at };
const log = {
  ...{ id: "a", user_id: "u", ip: "::1", operation_type: "QUERY" },
  ...{ operation_name: "n", operation_text: "t", variables: "{}", created_at: at },
};
const config = {
  id: "c",
  name: "x",
  space_id: "s",
  created_at: at,
  type: "CATEGORICAL",
  optimization_direction: "NONE",
};
const categorical = { ...config, values: [{ label: "a", score: 1 }] };
const evaluation = { name: "x", score: 1, label: "l", explanation: "e" };
const event = { name: "e", timestamp: at };
const span = {
  ...{ name: "x", context: { trace_id: "t", span_id: "s" }, kind: "LLM", parent_id: "p", start_time: at, end_time: at },
  ...{ status_code: "OK", status_message: "m", evaluations: [evaluation], events: [event] },
  ...{ annotations: [annotation], trace_annotations: [annotation] },
};
const trace = { trace_id: "t", root_span_id: "s", start_time: at, end_time: at, spans_truncated: false, spans: [span] };

const message = {
  ...{ role: "ASSISTANT", content: "x", tool_call_id: "t" },
  tool_calls: [{ id: "c", type: "FUNCTION", function: { name: "f", arguments: "{}" } }],
};
const invocation = { temperature: 0, response_format: { type: "JSON_SCHEMA", json_schema: { name: "n" } } };
const provider = { azure_params: { azure_deployment_name: "d" }, bedrock_options: { use_converse_endpoint: true } };
const prompt = { ...dated, description: "d", created_by_user_id: "u" };
const promptVersion = {
  ...{ id: "v", prompt_id: "p", commit_hash: "h", commit_message: "m", messages: [message] },
  ...{ input_variable_format: "F_STRING", provider: "OPEN_AI", model: "m", invocation_params: invocation },
  ...{ provider_params: provider, created_at: at, created_by_user_id: "u", labels: ["l"] },
};
const metadata = { kind: "AWS", role_arn: "r", external_id: "e" };
const scoping = { organization_id: "o", space_id: "s" };
const aiIntegration = {
  ...{ id: "i", name: "n", provider: "AWS_BEDROCK", has_api_key: false, base_url: "u", model_names: ["m"] },
  ...{ headers: null, enable_default_models: true, function_calling_enabled: true, auth_type: "DEFAULT" },
  ...{ provider_metadata: metadata, scopings: [scoping], created_at: at, updated_at: at, created_by_user_id: "u" },
};
const preset = { id: "p", name: "n", description: "d", config: {}, created_at: at, updated_at: at };
const integration = {
  id: "i",
  name: "n",
  scopings: [scoping],
  created_at: at,
  updated_at: at,
  created_by_user_id: "u",
};
const keyed = { is_function_calling_enabled: true, has_api_key: true };
const models = { is_default_models_enabled: true, model_names: ["m"] };
const openAi = { provider: "OPEN_AI", ...keyed };
const customConfig = { provider: "CUSTOM", ...keyed, ...models, base_url: "u", header_names: ["h"] };
const bedrock = {
  provider: "AWS_BEDROCK",
  ...models,
  auth: { auth_type: "BEARER_TOKEN", has_api_key: true, base_url: "u" },
};
const agent = { endpoint: "e", has_headers: true, input_schema: {}, request_presets: [preset] };
const template = {
  ...{ name: "n", template: "t", include_explanations: true, use_function_calling_if_available: true },
  ...{ classification_choices: null, use_structured_output: true, direction: "MAXIMIZE", data_granularity: "SPAN" },
  llm_config: {
    ...{ ai_integration_id: "i", model_name: "m", invocation_parameters: invocation, provider_parameters: provider },
  },
};
const code = {
  ...{ name: "n", variables: ["v"], static_params: [{ name: "p", type: "STRING", default_value: "" }] },
  ...{ data_granularity: "TRACE", query_filter: "f" },
};
const managed = { ...code, type: "MANAGED", managed_evaluator: "EXACT_MATCH" };
const evaluator = { ...dated, description: "d", type: "CODE", created_by_user_id: "u" };
const evaluatorVersion = {
  ...{ id: "v", evaluator_id: "e", commit_hash: "h", commit_message: "m", created_at: at, created_by_user_id: "u" },
};
const codeVersion = { ...evaluatorVersion, type: "CODE", code_config: managed };
const queue = {
  ...{ ...dated, instructions: "i", annotation_configs: [categorical], annotators: [{ id: "u", email: "a@b.co" }] },
};
const assigned_users = [{ user: { id: "u", email: "a@b.co" }, completion_status: "PENDING" }];
const queueRecordIdentity = { id: "r", annotation_queue_id: "q", source_type: "SPANS", granularity: "SPAN" };
const queueRecord = {
  ...queueRecordIdentity,
  ...{
    data: {},
    annotations: [annotation],
    trace_annotations: [annotation],
    evaluations: [evaluation],
    assigned_users,
  },
};
const agentCall = { experiment_type: "AGENT_CALL", integration_id: "i", input_template: {} };
const generation = {
  ...{ experiment_type: "LLM_GENERATION", ai_integration_id: "i", model_name: "m", messages: [message] },
  ...{ input_variable_format: "MUSTACHE", prompt_version_id: "v" },
};
const judgement = {
  ...{ experiment_type: "TEMPLATE_EVALUATION", ai_integration_id: "i", model_name: "m", template: "t" },
  ...{ provide_explanation: true, evaluator_version_id: "v" },
};
const taskEvaluator = {
  ...{ evaluator_id: "e", evaluator_name: "n", evaluator_version_id: "v", query_filter: "f", column_mappings: null },
};
const task = {
  ...{ id: "t", name: "n", type: "CODE_EVALUATION", project_id: "p", dataset_id: "d", sampling_rate: 1 },
  ...{ is_continuous: true, query_filter: "f", evaluators: [taskEvaluator], experiment_ids: ["x"] },
  ...{ run_configuration: generation, last_run_at: at, created_at: at, updated_at: at, created_by_user_id: "u" },
};
const taskRun = {
  ...{ id: "r", task_id: "t", experiment_id: "x", status: "FAILED", run_started_at: at, run_finished_at: at },
  ...{ data_start_time: at, data_end_time: at, num_successes: 0, num_errors: 0, num_skipped: 0, created_at: at },
  ...{ created_by_user_id: "u", failure_reason: "f" },
};

/** Every answer, with every field it may have, a comma list of those it may lack, and one of those that may be null. */
const answers: Record<string, [value: object, optional: string, nullable?: string]> = {
  Space: [space, ""],
  SpacePage: [{ spaces: [space], pagination }, ""],
  SpaceMembership: [{ id: "m", user_id: "u", space_id: "s", role: admin }, ""],
  Organization: [organization, ""],
  OrganizationPage: [{ organizations: [organization], pagination }, ""],
  OrganizationMembership: [{ id: "m", user_id: "u", organization_id: "o", role: admin }, ""],
  User: [user, ""],
  UserPage: [{ users: [user], pagination }, ""],
  CreateUserResponse: [{ ...user, invite_mode: "NONE", temporary_password: "p" }, "temporary_password"],
  ApiKey: [key, "description,expires_at,last_used_at"],
  ApiKeyPage: [{ api_keys: [key], pagination }, ""],
  BotUser: [bot, ""],
  "CreatedApiKey SERVICE": [{ ...key, key: "ak-x", bot_user: bot }, "description,expires_at,last_used_at"],
  "CreatedApiKey USER": [{ ...key, key_type: "USER", key: "ak-x" }, "description,expires_at,last_used_at"],
  RefreshedApiKey: [{ ...key, key: "ak-x" }, "description,expires_at,last_used_at"],
  Project: [project, ""],
  ProjectPage: [{ projects: [project], pagination }, ""],
  Dataset: [dataset, "versions"],
  DatasetVersion: [version, ""],
  DatasetPage: [{ datasets: [dated], pagination }, ""],
  DatasetExample: [example, "annotations"],
  DatasetExamplePage: [{ examples: [example], pagination }, ""],
  DatasetVersionWithExampleIds: [{ ...dated, dataset_version_id: "v", example_ids: ["e"] }, ""],
  DeleteDatasetExamplesResponse: [{ completed: true, ...deletedExamples }, ""],
  DeleteDatasetExamplesProblem: [{ ...unavailable, ...deletedExamples }, "type,detail,instance"],
  Experiment: [
    experiment,
    "dataset_id,dataset_version_id,experiment_traces_project_id,integration_id",
    "dataset_id,dataset_version_id,integration_id",
  ],
  ExperimentPage: [{ experiments: [experiment], pagination }, ""],
  ExperimentWithRunIds: [
    { ...experiment, run_ids: ["r"] },
    "dataset_id,dataset_version_id,experiment_traces_project_id,integration_id",
    "dataset_id,dataset_version_id,integration_id",
  ],
  ExperimentRun: [run, "example_id,output,error,annotations", "example_id,output,error"],
  ExperimentRunPage: [{ experiment_runs: [run], pagination }, ""],
  LlmMessage: [message, "content,tool_call_id,tool_calls", "content"],
  InvocationParams: [invocation, "temperature,response_format"],
  ProviderParams: [provider, "azure_params,bedrock_options"],
  Prompt: [prompt, "description", "description"],
  PromptPage: [{ prompts: [prompt], pagination }, ""],
  PromptWithVersion: [{ ...prompt, version: promptVersion }, "description", "description"],
  PromptVersion: [promptVersion, "invocation_params,provider_params,labels"],
  PromptVersionPage: [{ prompt_versions: [promptVersion], pagination }, ""],
  IntegrationScoping: [scoping, "organization_id,space_id", "organization_id,space_id"],
  AnnotationQueue: [queue, "instructions,annotation_configs", "instructions"],
  AnnotationQueuePage: [{ annotation_queues: [queue], pagination }, ""],
  AnnotationQueueRecord: [queueRecord, "granularity", "granularity"],
  AnnotationQueueRecordPage: [{ records: [queueRecord], pagination }, ""],
  AddedAnnotationQueueRecords: [{ record_sources: [queueRecord] }, ""],
  AnnotatedQueueRecord: [{ ...queueRecordIdentity, annotations: [annotation] }, "granularity", "granularity"],
  AssignedQueueRecord: [{ ...queueRecordIdentity, assigned_users }, "granularity", "granularity"],
  "RunConfiguration AGENT_CALL": [agentCall, ""],
  "RunConfiguration LLM_GENERATION": [generation, "model_name,prompt_version_id", "prompt_version_id"],
  "RunConfiguration TEMPLATE_EVALUATION": [judgement, "model_name,evaluator_version_id", "evaluator_version_id"],
  Task: [
    task,
    "project_id,dataset_id,sampling_rate,run_configuration",
    "project_id,dataset_id,sampling_rate,query_filter,run_configuration,last_run_at,created_by_user_id",
  ],
  TaskPage: [{ tasks: [task], pagination }, ""],
  TaskRun: [
    taskRun,
    "experiment_id,failure_reason",
    "experiment_id,run_started_at,run_finished_at,data_start_time,data_end_time,created_by_user_id,failure_reason",
  ],
  TaskRunPage: [{ task_runs: [taskRun], pagination }, ""],
  "LlmConfig OPEN_AI": [openAi, ""],
  "LlmConfig CUSTOM": [customConfig, ""],
  "LlmConfig AWS_BEDROCK": [bedrock, ""],
  "LlmConfig NVIDIA_NIM": [{ ...customConfig, provider: "NVIDIA_NIM" }, "", "base_url"],
  "LlmConfig VERTEX_AI": [{ provider: "VERTEX_AI", project_id: "p", location: "l", project_access_label: "a" }, ""],
  "Integration LLM": [{ ...integration, type: "LLM", config: bedrock }, ""],
  "Integration AGENT": [
    { ...integration, type: "AGENT", description: "d", config: agent },
    "description",
    "description,created_by_user_id",
  ],
  IntegrationPage: [{ integrations: [{ ...integration, type: "LLM", config: openAi }], pagination }, ""],
  "ProviderMetadata AWS": [metadata, "external_id", "external_id"],
  "ProviderMetadata GCP": [{ kind: "GCP", project_id: "p", location: "l", project_access_label: "a" }, ""],
  AiIntegration: [
    aiIntegration,
    "base_url,model_names,headers,provider_metadata",
    "base_url,model_names,headers,provider_metadata",
  ],
  AiIntegrationPage: [{ ai_integrations: [aiIntegration], pagination }, ""],
  "CodeConfig MANAGED": [managed, "static_params,data_granularity,query_filter", "data_granularity,query_filter"],
  "CodeConfig CUSTOM": [
    { ...code, type: "CUSTOM", code: "c", imports: "i" },
    "imports,static_params,data_granularity,query_filter",
    "imports,data_granularity,query_filter",
  ],
  TemplateConfig: [
    template,
    "classification_choices,use_structured_output,direction,data_granularity",
    "classification_choices,data_granularity",
  ],
  Evaluator: [evaluator, "description", "description,created_by_user_id"],
  EvaluatorPage: [{ evaluators: [evaluator], pagination }, ""],
  EvaluatorWithVersion: [{ ...evaluator, version: codeVersion }, "description", "description,created_by_user_id"],
  "EvaluatorVersion CODE": [codeVersion, "", "commit_message,created_by_user_id"],
  "EvaluatorVersion TEMPLATE": [
    { ...evaluatorVersion, type: "TEMPLATE", template_config: template },
    "",
    "commit_message,created_by_user_id",
  ],
  "EvaluatorVersion HARNESS": [{ ...evaluatorVersion, type: "HARNESS" }, "", "commit_message,created_by_user_id"],
  "EvaluatorVersion REMOTE": [{ ...evaluatorVersion, type: "REMOTE" }, "", "commit_message,created_by_user_id"],
  EvaluatorVersionPage: [{ evaluator_versions: [codeVersion], pagination }, ""],
  "Monitor PERFORMANCE": [
    { ...monitor, type: "PERFORMANCE", metric: "rmse", positive_class_value: "yes", metric_at_ranking_k_value: 10 },
    `positive_class_value,metric_at_ranking_k_value,${MONITOR_OPTIONS}`,
  ],
  "Monitor CUSTOM_METRIC": [{ ...monitor, type: "CUSTOM_METRIC", custom_metric_id: "c" }, MONITOR_OPTIONS],
  "Monitor DATA_QUALITY": [{ ...monitor, type: "DATA_QUALITY", metric: "percentEmpty", dimension }, MONITOR_OPTIONS],
  "Monitor DRIFT": [
    {
      ...{ ...monitor, type: "DRIFT", metric: "psi", dimension },
      baseline_config: { type: "MODEL_BASELINE", filters: [monitorFilter] },
    },
    MONITOR_OPTIONS,
  ],
  "Monitor TRACING": [
    { ...without(monitor, "model_versions"), type: "TRACING", metric: "count", dimension },
    MONITOR_OPTIONS,
  ],
  "MonitorThreshold MANUAL_SINGLE": [threshold, ""],
  "MonitorThreshold DYNAMIC_SINGLE": [
    { type: "DYNAMIC_SINGLE", calculation: "STDEV", operator: "LESS_THAN", multiplier: 2 },
    "",
  ],
  "MonitorThreshold MANUAL_RANGE": [{ type: "MANUAL_RANGE", lower: 0, upper: 1 }, ""],
  "MonitorThreshold DYNAMIC_RANGE": [{ type: "DYNAMIC_RANGE", calculation: "MAD", lower: 1, upper: 2 }, ""],
  Role: [role, "description"],
  RolePage: [{ roles: [role], pagination }, ""],
  RoleBinding: [binding, ""],
  RoleBindingPage: [{ role_bindings: [binding], pagination }, ""],
  ResourceRestriction: [restriction, ""],
  ResourceRestrictionPage: [{ resource_restrictions: [restriction], pagination }, ""],
  AuditLog: [log, "operation_name,operation_text,variables", "operation_name,operation_text,variables"],
  AuditLogPage: [{ logs: [log], pagination }, ""],
  "AnnotationConfig CATEGORICAL": [categorical, ""],
  "AnnotationConfig CONTINUOUS": [{ ...config, type: "CONTINUOUS", minimum_score: 0, maximum_score: 1 }, ""],
  "AnnotationConfig FREEFORM": [{ ...without(config, "optimization_direction"), type: "FREEFORM" }, ""],
  AnnotationConfigPage: [{ annotation_configs: [categorical], pagination }, ""],
  CategoricalAnnotationValue: [{ label: "a", score: 1 }, "score"],
  Annotation: [annotation, "score,label,text,updated_at,annotator"],
  AnnotatorUser: [{ id: "u", email: "a@b.co" }, ""],
  Evaluation: [evaluation, "score,label,explanation"],
  Span: [span, "parent_id,status_code,status_message,annotations,trace_annotations,evaluations,events"],
  SpanEvent: [event, ""],
  SpanPage: [{ spans: [span], pagination }, ""],
  DeleteSpansResponse: [{ completed: true, ...deletedSpans }, ""],
  DeleteSpansProblem: [{ ...unavailable, ...deletedSpans }, "type,detail,instance"],
  Trace: [trace, "start_time,end_time"],
  TracePage: [{ traces: [trace], pagination }, ""],
  "UserRoleAssignment PREDEFINED": [admin, ""],
  "UserRoleAssignment CUSTOM": [custom, "name"],
  "OrganizationRoleAssignment PREDEFINED": [admin, ""],
  "OrganizationRoleAssignment CUSTOM": [custom, "name"],
  "SpaceRoleAssignment PREDEFINED": [admin, ""],
  "SpaceRoleAssignment CUSTOM": [custom, "name"],
};
const OPEN = ["DatasetExample", "ExperimentRun", "InvocationParams", "ProviderParams"];

const OPEN_INSIDE =
  /^(examples|experiment_runs)\.0$|(invocation|provider)_param(s|eters)$|input_schema$|input_template$|(^|\.)data$|presets\.0\.config$/;

const schemas = Object.entries(rest).flatMap(([name, schema]): [string, z.ZodType][] =>
  schema instanceof z.ZodType ? [[name, schema]] : [],
);
/** The table names a variant of a union after its schema. */
const schemaName = (label: string) => label.replace(/ .*/, "");
const isAnswer = (name: string, schema: z.ZodType) =>
  !/(Request|Query|Path|Input|Update|Batch)$/.test(name) && !(schema instanceof z.ZodEnum);

it("every answer of the package is in the table above", () => {
  const exported = schemas.filter(([name, schema]) => isAnswer(name, schema)).map(([name]) => name);
  expect(exported.sort()).toEqual([...new Set(Object.keys(answers).map(schemaName))].sort());
});

describe.each(Object.entries(answers))("answer %s", (label, [value, optional, nullable = ""]) => {
  const name = schemaName(label);
  const schema = new Map(schemas).get(name) ?? z.never();

  it("fits its schema", () => {
    expect(schema.safeParse(value).error?.issues ?? []).toEqual([]);
  });

  it("has no undeclared field at any depth, since a strict client raises on them", () => {
    for (const [path, changed] of everyObject(value, (object) => [{ ...object, surprise: 1 }])) {
      const open = OPEN.includes(name) ? path === "" : OPEN_INSIDE.test(path);
      expect(schema.safeParse(changed).success, path).toBe(open);
    }
  });

  it("writes every timestamp so that Go can read it", () => {
    const naive = "2026-05-18T12:00:00";
    const spoil = (object: object) =>
      Object.entries(object).flatMap(([key, inner]) => (inner === at ? [{ ...object, [key]: naive }] : []));
    for (const [path, changed] of everyObject(value, spoil))
      expect(schema.safeParse(changed).success, path).toBe(false);
  });

  it("may lack its optional fields and no other, and be null in its nullable fields and no other", () => {
    for (const field of Object.keys(value)) {
      expect(schema.safeParse(without(value, field)).success, field).toBe(optional.split(",").includes(field));
      expect(schema.safeParse({ ...value, [field]: null }).success, field).toBe(nullable.split(",").includes(field));
    }
  });
});

describe("enumerations", () => {
  const values: Record<string, string> = {
    AiIntegrationAuthType: "DEFAULT PROXY_WITH_HEADERS BEARER_TOKEN",
    AiIntegrationProvider: "OPEN_AI AZURE_OPEN_AI AWS_BEDROCK VERTEX_AI ANTHROPIC CUSTOM NVIDIA_NIM GEMINI",
    AnnotationQueueSourceType: "SPANS DATASET",
    ApiKeyType: "USER SERVICE",
    ApiKeyStatus: "ACTIVE REVOKED",
    AuditOperationType: "QUERY MUTATION SUBSCRIPTION",
    AssignmentMethod: "ALL RANDOM",
    CompletionStatus: "PENDING COMPLETED",
    DataGranularity: "SPAN TRACE SESSION",
    EvaluatorType: "TEMPLATE CODE HARNESS REMOTE",
    InputVariableFormat: "F_STRING MUSTACHE NONE",
    IntegrationType: "LLM AGENT",
    InviteMode: "NONE EMAIL_LINK TEMPORARY_PASSWORD",
    LlmProvider: "OPEN_AI AZURE_OPEN_AI AWS_BEDROCK VERTEX_AI ANTHROPIC CUSTOM",
    ManagedCodeEvaluator: "MATCHES_REGEX JSON_PARSEABLE CONTAINS_ANY_KEYWORD CONTAINS_ALL_KEYWORDS EXACT_MATCH",
    MessageRole: "USER ASSISTANT SYSTEM TOOL",
    OptimizationDirection: "MAXIMIZE MINIMIZE NONE",
    Permission: PERMISSIONS.join(" "),
    RecordGranularity: "SPAN TRACE",
    RestrictedResourceType: "PROJECT",
    RoleBindingResourceType: "SPACE PROJECT",
    SpanKind: "LLM CHAIN RETRIEVER EMBEDDING AGENT TOOL RERANKER GUARDRAIL EVALUATOR PROMPT UNKNOWN",
    SpanStatusCode: "OK ERROR UNSET",
    TaskRunStatus: "PENDING RUNNING COMPLETED FAILED CANCELLED",
    TaskType: "TEMPLATE_EVALUATION CODE_EVALUATION RUN_EXPERIMENT",
    UserStatus: "ACTIVE INVITED EXPIRED",
  };
  it("hold the documented values, and there are no others", () => {
    const found = schemas.flatMap(([name, schema]) =>
      schema instanceof z.ZodEnum ? [[name, schema.options.join(" ")]] : [],
    );
    expect(Object.fromEntries(found)).toEqual(values);
  });
});
