import { Dataset, DatasetExamplePage, ExperimentRunPage } from "@axlab/wire/rest";
import type { Fixtures, FixtureKind } from "./fixtures.js";
import { fresh, predefined } from "./fixtures.js";
import { ACCOUNT, ACCOUNTS, ORGANIZATIONS, PROJECTS, SPACES } from "./places.js";
import { configName, projectAt, type Case } from "./case.js";
import { annotationQueueCases } from "./cases/annotation-queues.js";
import { evaluatorCases } from "./cases/evaluators.js";
import { aiIntegrationCases, integrationCases } from "./cases/integrations.js";
import { taskCases } from "./cases/tasks.js";
import { promptCases } from "./cases/prompts.js";
import { spanCases } from "./cases/spans.js";

export type { Case } from "./case.js";

const firstExample = async (at: Fixtures): Promise<string> =>
  (await at.admin.get(`/v2/datasets/${await at.id("dataset")}/examples?limit=1`)).read(DatasetExamplePage).examples[0]
    ?.id ?? "";
const firstRun = async (at: Fixtures): Promise<string> =>
  (await at.admin.get(`/v2/experiments/${await at.id("experiment")}/runs?limit=1`)).read(ExperimentRunPage)
    .experiment_runs[0]?.id ?? "";

const organizations: Case[] = [
  { route: "GET /v2/organizations", places: ORGANIZATIONS, item: "organization" },
  { route: "POST /v2/organizations", places: ACCOUNT, body: async () => ({ name: fresh() }) },
  { route: "GET /v2/organizations/{org_id}", places: ORGANIZATIONS },
  { route: "PATCH /v2/organizations/{org_id}", places: ORGANIZATIONS, body: async () => ({ description: "d" }) },
  { route: "DELETE /v2/organizations/{org_id}", places: ORGANIZATIONS, rebuilds: true },
  {
    route: "POST /v2/organizations/{org_id}/users",
    places: ORGANIZATIONS,
    body: async (at) => ({ user_id: await at.id("member"), role: predefined("MEMBER") }),
  },
  {
    route: "DELETE /v2/organizations/{org_id}/users/{user_id}",
    places: ORGANIZATIONS,
    params: { user_id: "member" },
    spends: ["member"],
  },
];
const spaces: Case[] = [
  { route: "GET /v2/spaces", places: SPACES, item: "space" },
  {
    route: "POST /v2/spaces",
    places: ORGANIZATIONS,
    body: async (at) => ({ name: fresh(), organization_id: at.organizationId }),
  },
  { route: "GET /v2/spaces/{space_id}", places: SPACES },
  { route: "PATCH /v2/spaces/{space_id}", places: SPACES, body: async () => ({ description: "d" }) },
  { route: "DELETE /v2/spaces/{space_id}", places: SPACES, rebuilds: true },
  {
    route: "POST /v2/spaces/{space_id}/users",
    label: "predefined role",
    places: SPACES,
    body: async (at) => ({ user_id: await at.id("member"), role: predefined("MEMBER") }),
    decides: { requirement: "SPACE_ADMIN", on: "space" },
  },
  {
    route: "POST /v2/spaces/{space_id}/users",
    label: "custom role",
    places: SPACES,
    body: async (at) => ({ user_id: await at.id("member"), role: { type: "CUSTOM", id: await at.id("role") } }),
    decides: { requirement: "ROLE_BINDING_CREATE", on: "space" },
    spends: ["member"],
  },
  {
    route: "DELETE /v2/spaces/{space_id}/users/{user_id}",
    places: SPACES,
    params: { user_id: "member" },
    spends: ["member"],
  },
];
const projects: Case[] = [
  { route: "GET /v2/projects", places: PROJECTS, item: "project" },
  { route: "POST /v2/projects", places: SPACES, body: async (at) => ({ name: fresh(), space_id: at.spaceId }) },
  { route: "GET /v2/projects/{project_id}", places: PROJECTS },
  { route: "PATCH /v2/projects/{project_id}", places: PROJECTS, body: async () => ({ name: fresh() }) },
  { route: "DELETE /v2/projects/{project_id}", places: PROJECTS, spends: ["project", "restricted", "projectBinding"] },
];
const datasets: Case[] = [
  { route: "GET /v2/datasets", places: SPACES, item: "dataset" },
  {
    route: "POST /v2/datasets",
    places: SPACES,
    body: async (at) => ({ name: fresh(), space_id: at.spaceId, examples: [{ a: 1 }] }),
  },
  { route: "GET /v2/datasets/{dataset_id}", places: SPACES },
  { route: "PATCH /v2/datasets/{dataset_id}", places: SPACES, body: async () => ({ name: fresh() }) },
  { route: "DELETE /v2/datasets/{dataset_id}", places: SPACES, spends: ["dataset"] },
  { route: "GET /v2/datasets/{dataset_id}/examples", places: SPACES },
  { route: "POST /v2/datasets/{dataset_id}/examples/search", places: SPACES, body: async () => ({}) },
  { route: "POST /v2/datasets/{dataset_id}/examples", places: SPACES, body: async () => ({ examples: [{ a: 2 }] }) },
  {
    route: "PATCH /v2/datasets/{dataset_id}/examples",
    places: SPACES,
    body: async (at) => ({ examples: [{ id: await firstExample(at), a: 3 }] }),
  },
  {
    route: "DELETE /v2/datasets/{dataset_id}/examples",
    places: SPACES,
    body: async (at) => {
      const { versions } = (await at.admin.get(`/v2/datasets/${await at.id("dataset")}`)).read(Dataset);
      return { dataset_version_id: versions?.[0]?.id, example_ids: [await firstExample(at)] };
    },
    spends: ["dataset"],
  },
  {
    route: "POST /v2/datasets/{dataset_id}/examples/annotate",
    places: SPACES,
    body: async (at) => ({
      annotations: [{ record_id: await firstExample(at), values: [{ name: await configName(at), text: "t" }] }],
    }),
  },
];
const experiments: Case[] = [
  { route: "GET /v2/experiments", places: SPACES, item: "experiment" },
  {
    route: "POST /v2/experiments",
    places: SPACES,
    body: async (at) => ({ name: fresh(), space_id: at.spaceId, experiment_runs: [{ output: "o" }] }),
    decides: { requirement: "EXPERIMENT_CREATE", on: "space" },
  },
  { route: "GET /v2/experiments/{experiment_id}", places: SPACES },
  { route: "DELETE /v2/experiments/{experiment_id}", places: SPACES, spends: ["experiment"] },
  { route: "GET /v2/experiments/{experiment_id}/runs", places: SPACES },
  { route: "POST /v2/experiments/{experiment_id}/runs/search", places: SPACES, body: async () => ({}) },
  {
    route: "POST /v2/experiments/{experiment_id}/runs",
    places: SPACES,
    body: async () => ({ experiment_runs: [{ output: "p" }] }),
  },
  {
    route: "POST /v2/experiments/{experiment_id}/runs/annotate",
    places: SPACES,
    body: async (at) => ({
      annotations: [{ record_id: await firstRun(at), values: [{ name: await configName(at), text: "t" }] }],
    }),
  },
];
const annotationConfigs: Case[] = [
  { route: "GET /v2/annotation-configs", places: SPACES, item: "annotationConfig" },
  {
    route: "POST /v2/annotation-configs",
    places: SPACES,
    body: async (at) => ({ name: fresh(), space_id: at.spaceId, annotation_config_type: "FREEFORM" }),
  },
  { route: "GET /v2/annotation-configs/{annotation_config_id}", places: SPACES },
  {
    route: "PATCH /v2/annotation-configs/{annotation_config_id}",
    places: SPACES,
    body: async () => ({ annotation_config_type: "FREEFORM", name: fresh() }),
  },
  { route: "DELETE /v2/annotation-configs/{annotation_config_id}", places: SPACES, spends: ["annotationConfig"] },
];
const keys: Case[] = [
  {
    route: "GET /v2/api-keys",
    label: "a space's service keys",
    places: SPACES,
    query: async (at) => `?space_id=${at.spaceId}`,
    decides: { requirement: "SERVICE_KEY_READ", on: "space" },
  },
  {
    route: "POST /v2/api-keys",
    label: "service key",
    places: SPACES,
    body: async (at) => ({
      key_type: "SERVICE",
      name: fresh(),
      organizations: [{ org_id: at.organizationId, spaces: [{ space_id: at.spaceId, role: predefined("READ_ONLY") }] }],
    }),
    decides: { requirement: "SERVICE_KEY_CREATE", on: "space" },
  },
  {
    route: "POST /v2/api-keys/{api_key_id}/refresh",
    label: "another's service key",
    places: SPACES,
    decides: { requirement: "SPACE_ADMIN", on: "space", hidden: true },
    spends: ["serviceKey"],
  },
  {
    route: "POST /v2/api-keys/{api_key_id}/refresh",
    label: "another's user key",
    places: ACCOUNTS,
    params: { api_key_id: "userKey" },
    decides: { requirement: "ACCOUNT_ADMIN", on: "user", hidden: true },
    spends: ["userKey"],
  },
  {
    route: "PUT /v2/api-keys/{api_key_id}/revoke",
    label: "another's service key",
    places: SPACES,
    decides: { requirement: "SERVICE_KEY_REVOKE", on: "space", hidden: true },
    spends: ["serviceKey"],
  },
  {
    route: "PUT /v2/api-keys/{api_key_id}/revoke",
    label: "another's user key",
    places: ACCOUNTS,
    params: { api_key_id: "userKey" },
    decides: { requirement: "ACCOUNT_ADMIN", on: "user", hidden: true },
    spends: ["userKey"],
  },
];
const roles: Case[] = [
  { route: "GET /v2/roles", places: ACCOUNT },
  { route: "POST /v2/roles", places: ACCOUNT, body: async () => ({ name: fresh(), permissions: ["DATASET_READ"] }) },
  { route: "GET /v2/roles/{role_id}", places: ACCOUNTS },
  { route: "PATCH /v2/roles/{role_id}", places: ACCOUNTS, body: async () => ({ description: "d" }) },
  { route: "DELETE /v2/roles/{role_id}", places: ACCOUNTS, spends: ["role"] },
];
const bindings: Case[] = [
  { route: "GET /v2/role-bindings", places: ACCOUNT, query: async () => "?resource_type=SPACE" },
  {
    route: "POST /v2/role-bindings",
    label: "on a space",
    places: SPACES,
    body: async (at) => ({
      role_id: await at.id("role"),
      user_id: await at.id("user"),
      resource_type: "SPACE",
      resource_id: at.spaceId,
    }),
    decides: { requirement: "ROLE_BINDING_CREATE", on: "space" },
    spends: ["user"],
  },
  {
    route: "POST /v2/role-bindings",
    label: "on a project",
    places: PROJECTS,
    body: async (at, place) => ({
      role_id: await at.id("role"),
      user_id: await at.id("user"),
      resource_type: "PROJECT",
      resource_id: await projectAt(at, place),
    }),
    decides: { requirement: "ROLE_BINDING_CREATE", on: "project" },
    spends: ["user"],
  },
  { route: "GET /v2/role-bindings/{binding_id}", places: ACCOUNTS },
  {
    route: "PATCH /v2/role-bindings/{binding_id}",
    places: PROJECTS,
    body: async (at) => ({ role_id: await at.id("role") }),
  },
  { route: "DELETE /v2/role-bindings/{binding_id}", places: PROJECTS, spends: ["binding", "projectBinding"] },
];
const restrictions: Case[] = [
  { route: "GET /v2/resource-restrictions", places: SPACES, item: "restricted" },
  {
    route: "POST /v2/resource-restrictions",
    places: PROJECTS,
    body: async (at, place) => ({ resource_id: await projectAt(at, place) }),
    spends: ["project"],
  },
  { route: "DELETE /v2/resource-restrictions/{resource_id}", places: SPACES, spends: ["restricted", "projectBinding"] },
];
const users: Case[] = [
  { route: "GET /v2/users", places: ACCOUNT },
  {
    route: "POST /v2/users",
    places: ACCOUNT,
    body: async () => ({
      name: fresh(),
      email: `${fresh()}@matrix.test`,
      role: predefined("MEMBER"),
      invite_mode: "NONE",
    }),
  },
  { route: "GET /v2/users/{user_id}", places: ACCOUNTS },
  { route: "PATCH /v2/users/{user_id}", places: ACCOUNTS, body: async () => ({ name: fresh() }) },
  { route: "DELETE /v2/users/{user_id}", places: ACCOUNTS, spends: ["user"] },
  { route: "POST /v2/users/{user_id}/resend-invitation", places: ACCOUNTS, params: { user_id: "invited" } },
  { route: "POST /v2/users/{user_id}/reset-password", places: ACCOUNTS },
];

/** Every route in every way it can be asked. A route that is not here fails the matrix. */
export const CASES: readonly Case[] = [
  ...organizations,
  ...spaces,
  ...projects,
  ...datasets,
  ...experiments,
  ...annotationConfigs,
  ...annotationQueueCases,
  ...aiIntegrationCases,
  ...integrationCases,
  ...evaluatorCases,
  ...taskCases,
  ...promptCases,
  ...spanCases,
  ...keys,
  ...roles,
  ...bindings,
  ...restrictions,
  ...users,
  { route: "GET /v2/monitors/{monitor_id}", places: SPACES },
  { route: "GET /v2/audit-logs", places: ACCOUNT },
];

/** What a path parameter stands for. */
export const PARAMS: Record<string, FixtureKind> = {
  org_id: "organization",
  space_id: "space",
  project_id: "project",
  dataset_id: "dataset",
  experiment_id: "experiment",
  annotation_config_id: "annotationConfig",
  task_id: "task",
  run_id: "taskRun",
  prompt_id: "prompt",
  annotation_queue_id: "queue",
  evaluator_id: "evaluator",
  integration_id: "aiIntegration",
  monitor_id: "monitor",
  role_id: "role",
  user_id: "user",
  binding_id: "binding",
  resource_id: "restricted",
  api_key_id: "serviceKey",
};
