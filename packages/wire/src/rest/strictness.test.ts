import { describe, expect, it } from "vitest";
import type * as z from "zod";
import * as rest from "./index.js";
import { everyObject, refuses, vary, without } from "./testing/expect.js";

const at = "2026-05-18T12:00:00.000Z";
const name = "x";
const admin = { type: "PREDEFINED", name: "ADMIN" };
const continuous = { annotation_config_type: "CONTINUOUS", name, space_id: "s", minimum_score: 0, maximum_score: 1 };
const categorical = {
  annotation_config_type: "CATEGORICAL",
  name,
  space_id: "s",
  values: [{ label: "a" }, { label: "b" }],
};
const annotations = [{ record_id: "r", values: [{ name }] }];
const organizations = [{ org_id: "o", spaces: [{ space_id: "s" }] }];
const messages = [{ role: "USER" }];
const promptVersion = { commit_message: "", provider: "OPEN_AI", messages };
const codeVersion = {
  commit_message: "",
  code_config: {
    type: "MANAGED",
    name,
    managed_evaluator: "EXACT_MATCH",
    variables: [],
    static_params: [{ name, type: "REGEX", default_value: "" }],
  },
};
const templateVersion = {
  commit_message: "",
  template_config: {
    ...{ name, template: "{a}", include_explanations: true, use_function_calling_if_available: true },
    llm_config: { ai_integration_id: "i", model_name: "m", invocation_parameters: {}, provider_parameters: {} },
  },
};
const binding = { role_id: "r", user_id: "u" };
const space = { ...binding, resource_type: "SPACE", resource_id: btoa("Space:1:aBcD") };
const project = { ...binding, resource_type: "PROJECT", resource_id: btoa("Model:1:aBcD") };

/** Schema, the smallest valid body with a field given for every optional group, and the required fields of it. */
const requests: [string, z.ZodType, object, string[]][] = [
  ["CreateSpaceRequest", rest.CreateSpaceRequest, { name, organization_id: "o" }, ["name", "organization_id"]],
  ["UpdateSpaceRequest", rest.UpdateSpaceRequest, { name }, []],
  ["AddSpaceUserRequest", rest.AddSpaceUserRequest, { user_id: "u", role: admin }, ["user_id", "role"]],
  ["CreateOrganizationRequest", rest.CreateOrganizationRequest, { name }, ["name"]],
  ["UpdateOrganizationRequest", rest.UpdateOrganizationRequest, { name }, []],
  ["AddOrganizationUserRequest", rest.AddOrganizationUserRequest, { user_id: "u", role: admin }, ["user_id", "role"]],
  [
    "CreateUserRequest",
    rest.CreateUserRequest,
    { name, email: "a@b.co", role: admin, invite_mode: "NONE" },
    ["name", "email", "role", "invite_mode"],
  ],
  ["UpdateUserRequest", rest.UpdateUserRequest, { name }, []],
  ["CreateApiKeyRequest USER", rest.CreateApiKeyRequest, { key_type: "USER", name }, ["key_type", "name"]],
  [
    "CreateApiKeyRequest SERVICE",
    rest.CreateApiKeyRequest,
    { key_type: "SERVICE", name, organizations },
    ["key_type", "name", "organizations"],
  ],
  ["RefreshApiKeyRequest", rest.RefreshApiKeyRequest, {}, []],
  ["CreateProjectRequest", rest.CreateProjectRequest, { name, space_id: "s" }, ["name", "space_id"]],
  ["UpdateProjectRequest", rest.UpdateProjectRequest, { name }, ["name"]],
  [
    "CreateDatasetRequest",
    rest.CreateDatasetRequest,
    { name, space_id: "s", examples: [{ a: 1 }] },
    ["name", "space_id", "examples"],
  ],
  ["UpdateDatasetRequest", rest.UpdateDatasetRequest, { name }, ["name"]],
  ["CreateDatasetExamplesRequest", rest.CreateDatasetExamplesRequest, { examples: [{ a: 1 }] }, ["examples"]],
  ["UpdateDatasetExamplesRequest", rest.UpdateDatasetExamplesRequest, { examples: [{ id: "e" }] }, ["examples"]],
  [
    "DeleteDatasetExamplesRequest",
    rest.DeleteDatasetExamplesRequest,
    { dataset_version_id: "v", example_ids: ["e"] },
    ["dataset_version_id", "example_ids"],
  ],
  ["AnnotateRecordsRequest", rest.AnnotateRecordsRequest, { annotations }, ["annotations"]],
  [
    "CreateExperimentRequest",
    rest.CreateExperimentRequest,
    { name, space_id: "s", experiment_runs: [{ output: "" }] },
    ["name", "experiment_runs"],
  ],
  [
    "CreateExperimentRunsRequest",
    rest.CreateExperimentRunsRequest,
    { experiment_runs: [{ output: "" }] },
    ["experiment_runs"],
  ],
  ["CreateRoleRequest", rest.CreateRoleRequest, { name, permissions: ["SPACE_READ"] }, ["name", "permissions"]],
  ["UpdateRoleRequest", rest.UpdateRoleRequest, { name }, []],
  [
    "CreateRoleBindingRequest SPACE",
    rest.CreateRoleBindingRequest,
    space,
    ["role_id", "user_id", "resource_type", "resource_id"],
  ],
  [
    "CreateRoleBindingRequest PROJECT",
    rest.CreateRoleBindingRequest,
    project,
    ["role_id", "user_id", "resource_type", "resource_id"],
  ],
  ["UpdateRoleBindingRequest", rest.UpdateRoleBindingRequest, { role_id: "r" }, ["role_id"]],
  [
    "CreateResourceRestrictionRequest",
    rest.CreateResourceRestrictionRequest,
    { resource_id: btoa("Model:1:aBcD") },
    ["resource_id"],
  ],
  [
    "CreateAnnotationConfigRequest CONTINUOUS",
    rest.CreateAnnotationConfigRequest,
    continuous,
    ["annotation_config_type", "name", "space_id", "minimum_score", "maximum_score"],
  ],
  [
    "CreateAnnotationConfigRequest CATEGORICAL",
    rest.CreateAnnotationConfigRequest,
    categorical,
    ["annotation_config_type", "name", "space_id", "values"],
  ],
  [
    "CreateAnnotationConfigRequest FREEFORM",
    rest.CreateAnnotationConfigRequest,
    { annotation_config_type: "FREEFORM", name, space_id: "s" },
    ["annotation_config_type", "name", "space_id"],
  ],
  [
    "UpdateAnnotationConfigRequest CONTINUOUS",
    rest.UpdateAnnotationConfigRequest,
    { annotation_config_type: "CONTINUOUS", name },
    ["annotation_config_type"],
  ],
  [
    "UpdateAnnotationConfigRequest CATEGORICAL",
    rest.UpdateAnnotationConfigRequest,
    { annotation_config_type: "CATEGORICAL", name },
    ["annotation_config_type"],
  ],
  [
    "UpdateAnnotationConfigRequest FREEFORM",
    rest.UpdateAnnotationConfigRequest,
    { annotation_config_type: "FREEFORM", name },
    ["annotation_config_type"],
  ],
  [
    "CreatePromptRequest",
    rest.CreatePromptRequest,
    { name, space_id: "s", version: promptVersion },
    ["name", "space_id", "version"],
  ],
  [
    "CreatePromptVersionRequest",
    rest.CreatePromptVersionRequest,
    {
      ...promptVersion,
      invocation_params: { response_format: { json_schema: {} }, tool_config: {} },
      provider_params: { azure_params: {}, anthropic_headers: {}, bedrock_options: {} },
    },
    ["commit_message", "provider", "messages"],
  ],
  ["UpdatePromptRequest", rest.UpdatePromptRequest, { description: "d" }, []],
  ["SetPromptVersionLabelsRequest", rest.SetPromptVersionLabelsRequest, { labels: [] }, ["labels"]],
  [
    "CreateAiIntegrationRequest",
    rest.CreateAiIntegrationRequest,
    { name, provider: "OPEN_AI", provider_metadata: { kind: "AWS", role_arn: "r" }, scopings: [{}] },
    ["name", "provider"],
  ],
  ["UpdateAiIntegrationRequest", rest.UpdateAiIntegrationRequest, { api_key: null }, []],
  [
    "CreateEvaluatorRequest",
    rest.CreateEvaluatorRequest,
    { name, space_id: "s", type: "CODE", version: codeVersion },
    ["name", "space_id", "type", "version"],
  ],
  ["CreateEvaluatorVersionRequest CODE", rest.CreateEvaluatorVersionRequest, codeVersion, ["commit_message"]],
  ["CreateEvaluatorVersionRequest TEMPLATE", rest.CreateEvaluatorVersionRequest, templateVersion, ["commit_message"]],
  ["UpdateEvaluatorRequest", rest.UpdateEvaluatorRequest, { name }, []],
  [
    "CreateIntegrationRequest LLM",
    rest.CreateIntegrationRequest,
    { type: "LLM", name, config: { provider: "AWS_BEDROCK", auth: { auth_type: "BEARER_TOKEN", api_key: "k" } } },
    ["type", "name", "config"],
  ],
  [
    "CreateIntegrationRequest AGENT",
    rest.CreateIntegrationRequest,
    { type: "AGENT", name, config: { endpoint: "e", input_schema: {}, request_presets: [{ name, config: {} }] } },
    ["type", "name", "config"],
  ],
  ["UpdateIntegrationRequest LLM", rest.UpdateIntegrationRequest, { type: "LLM", config: {} }, ["type"]],
  ["UpdateIntegrationRequest AGENT", rest.UpdateIntegrationRequest, { type: "AGENT", config: {} }, ["type"]],
  [
    "CreateAnnotationQueueRequest",
    rest.CreateAnnotationQueueRequest,
    { name, space_id: "s", annotation_config_ids: ["c"], annotator_emails: ["a@b.co"] },
    ["name", "space_id", "annotation_config_ids", "annotator_emails"],
  ],
  ["UpdateAnnotationQueueRequest", rest.UpdateAnnotationQueueRequest, { instructions: null }, []],
  [
    "AddAnnotationQueueRecordsRequest",
    rest.AddAnnotationQueueRecordsRequest,
    {
      record_sources: [
        { record_type: "SPAN", project_id: "p", start_time: at, end_time: at, span_ids: ["s"] },
        { record_type: "EXAMPLE", dataset_id: "d" },
      ],
    },
    ["record_sources"],
  ],
  [
    "DeleteAnnotationQueueRecordsRequest",
    rest.DeleteAnnotationQueueRecordsRequest,
    { record_ids: ["r"] },
    ["record_ids"],
  ],
  ["AnnotateQueueRecordRequest", rest.AnnotateQueueRecordRequest, { annotations: [{ name }] }, ["annotations"]],
  ["AssignQueueRecordRequest", rest.AssignQueueRecordRequest, { assigned_user_emails: [] }, ["assigned_user_emails"]],
  [
    "CreateTaskRequest",
    rest.CreateTaskRequest,
    { type: "CODE_EVALUATION", name, project_id: "p", evaluators: [{ evaluator_id: "e" }] },
    ["type", "name", "evaluators"],
  ],
  [
    "CreateTaskRequest RUN_EXPERIMENT",
    rest.CreateTaskRequest,
    {
      ...{ type: "RUN_EXPERIMENT", name, dataset_id: "d" },
      run_configuration: {
        ...{ experiment_type: "LLM_GENERATION", ai_integration_id: "i", messages, input_variable_format: "MUSTACHE" },
      },
    },
    ["type", "name", "dataset_id", "run_configuration"],
  ],
  ["UpdateTaskRequest", rest.UpdateTaskRequest, { name }, []],
  ["TriggerTaskRequest", rest.TriggerTaskRequest, {}, []],
  ["ListSpansRequest", rest.ListSpansRequest, { project_id: "p" }, ["project_id"]],
  ["DeleteSpansRequest", rest.DeleteSpansRequest, { project_id: "p", span_ids: ["s"] }, ["project_id", "span_ids"]],
  ["AnnotateSpansRequest", rest.AnnotateSpansRequest, { project_id: "p", annotations }, ["project_id", "annotations"]],
  ["ListTracesRequest", rest.ListTracesRequest, { project_id: "p" }, ["project_id"]],
  ["SearchDatasetExamplesRequest", rest.SearchDatasetExamplesRequest, {}, []],
  ["SearchExperimentRunsRequest", rest.SearchExperimentRunsRequest, {}, []],
];

describe.each(requests)("request %s", (_, schema, valid, required) => {
  it("is accepted in its smallest form", () => {
    expect(schema.safeParse(valid).error).toBeUndefined();
  });

  it("refuses unknown and system-managed fields", () => {
    for (const field of ["surprise", "id", "created_at"]) refuses(schema, vary(valid)({ [field]: at }), field);
  });

  it("refuses unknown fields at any depth, save in the records that are the user's", () => {
    for (const [path, changed] of everyObject(valid, (object) => [{ ...object, surprise: 1 }])) {
      const open = /^(examples|experiment_runs)\.|input_schema$|presets\.0\.config$/.test(path);
      expect(schema.safeParse(changed).success, path).toBe(open);
    }
  });

  it("needs each required field", () => {
    for (const field of required) refuses(schema, without(valid, field), field);
  });

  it("is an object", () => {
    for (const value of [null, [], "x", 1, undefined]) refuses(schema, value, "");
  });
});

it("every request schema of the package is in the table above", () => {
  const exported = Object.keys(rest).filter((key) => key.endsWith("Request") && !key.endsWith("RoleAssignmentRequest"));
  const tested = new Set(requests.map(([label]) => label.split(" ")[0]));
  const variants = ["CreateUserApiKeyRequest", "CreateServiceApiKeyRequest"];
  expect(exported.filter((key) => !tested.has(key) && !variants.includes(key))).toEqual([]);
});

describe("changes", () => {
  const patches: [z.ZodType, object][] = [
    [rest.UpdateSpaceRequest, {}],
    [rest.UpdateOrganizationRequest, {}],
    [rest.UpdateUserRequest, {}],
    [rest.UpdateRoleRequest, {}],
    [rest.UpdateAiIntegrationRequest, {}],
    [rest.UpdateIntegrationRequest, { type: "LLM" }],
    [rest.UpdateIntegrationRequest, { type: "AGENT" }],
    [rest.UpdateEvaluatorRequest, {}],
    [rest.UpdateAnnotationConfigRequest, { annotation_config_type: "CONTINUOUS" }],
    [rest.UpdateAnnotationConfigRequest, { annotation_config_type: "CATEGORICAL" }],
    [rest.UpdateAnnotationConfigRequest, { annotation_config_type: "FREEFORM" }],
  ];
  it.each(patches)("that change nothing are refused (%#)", (schema, empty) => {
    refuses(schema, empty, "");
    refuses(schema, { ...empty, name: undefined }, "");
  });

  it("of a prompt concern its description only", () => {
    refuses(rest.UpdatePromptRequest, {}, "");
    expect(rest.UpdatePromptRequest.parse({ description: null })).toEqual({ description: null });
    refuses(rest.UpdatePromptRequest, { name, description: null }, "name");
  });

  it("clear a description with null, but nothing else", () => {
    for (const schema of [rest.UpdateSpaceRequest, rest.UpdateOrganizationRequest, rest.UpdateRoleRequest]) {
      expect(schema.parse({ description: null })).toEqual({ description: null });
      refuses(schema, { name: null }, "name");
    }
  });
});
