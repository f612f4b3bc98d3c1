import { beforeEach, describe, expect, it } from "vitest";
import { askGraphQL } from "../../testing/graphql.js";
import { suite } from "../../testing/suite.js";
import type { World } from "../../testing/world.js";

/** What REST does not show to somebody, GraphQL does not show them either (`decisions/0051`). */
const at = suite();
const as = (who: keyof World["keys"], query: string, variables?: Record<string, unknown>) =>
  askGraphQL(at.platform, at.world.keys[who], query, variables);

describe("people", () => {
  const MEMBERS = `query ($space: ID!, $organization: ID!) {
    space: node(id: $space) { ... on Space { spaceUsers(first: 50) { edges { node { user { email } } } } } }
    organization: node(id: $organization) { ... on AccountOrganization {
      accountOrganizationUsers(first: 50) { edges { node { user { email } } } } } }
  }`;
  const places = () => ({ space: at.world.spaces.main, organization: at.world.organizations.acme });

  it("are listed to who may read users, which an annotator may not", async () => {
    expect((await at.world.as("annotator").get("/v2/users")).status).toBe(403);
    const refused = await as("annotator", MEMBERS, places());
    expect(refused.errors.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN", "FORBIDDEN"]);
    expect(JSON.stringify(refused)).not.toContain("@world.test");
    const shown = await as("reader", MEMBERS, places());
    expect(JSON.stringify(shown.data.space)).toContain("member@world.test");
    expect(JSON.stringify(shown.data.organization)).toContain("orgMember@world.test");
  });

  it("who made something is told to who may read users, and oneself always", async () => {
    const PROMPTS = `query ($id: ID!) { node(id: $id) { ... on Space { prompts(first: 5) { edges { node { name createdBy { name email } } } } } } }`;
    await at.world.as("member").post("/v2/prompts", {
      space_id: at.world.spaces.main,
      name: "greeting",
      version: {
        commit_message: "first",
        provider: "OPEN_AI",
        input_variable_format: "F_STRING",
        messages: [{ role: "USER", content: "hi" }],
      },
    });
    const creatorFor = async (who: keyof World["keys"]): Promise<unknown> => {
      const { data, errors } = await as(who, PROMPTS, { id: at.world.spaces.main });
      expect(errors).toEqual([]);
      return data.node.prompts.edges[0].node.createdBy;
    };
    expect(await creatorFor("reader")).toEqual({ name: "The member", email: "member@world.test" });
    expect(await creatorFor("annotator")).toBeNull();
    const self = await as("annotator", `{ viewer { user { email } } }`);
    expect(self.data.viewer.user.email).toBe("annotator@world.test");
    const own = await as("annotator", `query ($id: ID!) { node(id: $id) { ... on User { email } } }`, {
      id: at.world.people.annotator,
    });
    expect(own.data.node.email).toBe("annotator@world.test");
  });

  it("somebody removed is nobody's creator any more, as they are 404 in REST", async () => {
    const { member } = at.world.people;
    const DASHBOARD = `mutation ($id: ID!) { createDashboard(input: { spaceId: $id, name: "board" }) { dashboard { id } } }`;
    const made = await as("member", DASHBOARD, { id: at.world.spaces.main });
    const { id } = made.data.createDashboard.dashboard;
    const creator = async () =>
      (await as("admin", `query ($id: ID!) { node(id: $id) { ... on Dashboard { creator { email } } } }`, { id })).data
        .node.creator;
    expect(await creator()).toEqual({ email: "member@world.test" });
    await at.world.as("admin").delete(`/v2/users/${member}`);
    expect((await at.world.as("admin").get(`/v2/users/${member}`)).status).toBe(404);
    expect(await creator()).toBeNull();
  });
});

describe("custom roles", () => {
  it("are listed and found by members of the account, which an annotator is not", async () => {
    const made = await at.world.as("admin").post("/v2/roles", { name: "narrow", permissions: ["SPACE_READ"] });
    const { id } = JSON.parse(made.text);
    const ROLES = `query ($id: ID!) { account { customRoles { edges { node { name } } } } node(id: $id) { id } }`;
    expect((await at.world.as("annotator").get("/v2/roles")).status).toBe(403);
    const refused = await as("annotator", ROLES, { id });
    expect(refused.verdict).toBe("FORBIDDEN");
    expect(JSON.stringify(refused)).not.toContain("narrow");
    expect(refused.data.node).toBeNull();
    const shown = await as("member", ROLES, { id });
    expect(shown.data).toEqual({ account: { customRoles: { edges: [{ node: { name: "narrow" } }] } }, node: { id } });
  });
});

describe("the columns of a dataset", () => {
  it("are told to who may read its examples", async () => {
    const { main } = at.world.spaces;
    await at.world.as("member").post("/v2/datasets", { name: "asks", space_id: main, examples: [{ secret: 1 }] });
    const permissions = ["SPACE_READ", "DATASET_READ"];
    const role = JSON.parse((await at.world.as("admin").post("/v2/roles", { name: "names only", permissions })).text);
    const body = { user_id: at.world.people.orgMember, role: { type: "CUSTOM", id: role.id } };
    expect((await at.world.as("admin").post(`/v2/spaces/${main}/users`, body)).status).toBeLessThan(300);
    const DATASETS = `query ($id: ID!) { node(id: $id) { ... on Space { datasets(first: 1) { edges { node { name columns } } } } } }`;
    const shown = async (who: keyof World["keys"]) => {
      const { data, errors } = await as(who, DATASETS, { id: main });
      expect(errors).toEqual([]);
      return data.node.datasets.edges[0].node;
    };
    expect(await shown("reader")).toEqual({ name: "asks", columns: ["id", "secret", "created_at", "updated_at"] });
    expect(await shown("orgMember")).toEqual({ name: "asks", columns: null });
  });
});

describe("the import job of a restricted model", () => {
  const CREATE = `mutation ($input: CreateFileImportJobInput!) { createFileImportJob(input: $input) { fileImportJob { id jobId modelId } } }`;
  const JOBS = `query ($space: ID!, $job: ID!) {
    node(id: $space) { ... on Space { importJobs(first: 5) { totalCount edges { node { modelName } } } } }
    job: node(id: $job) { ... on FileImportJob { modelName modelId } }
  }`;
  let job: { id: string; jobId: string; modelId: string };
  beforeEach(async () => {
    const input = {
      spaceId: at.world.spaces.main,
      blobStore: "S3",
      bucketName: "bucket",
      prefix: "p/",
      modelName: "secret",
      modelType: "numeric",
      modelEnvironmentName: "production",
      schema: { predictionId: "id", timestamp: "t", predictionLabel: "p", actualLabel: "a" },
    };
    job = (await as("member", CREATE, { input })).data.createFileImportJob.fileImportJob;
  });
  const ask = (who: keyof World["keys"]) => as(who, JOBS, { space: at.world.spaces.main, job: job.id });

  it("is not there for who may not see the model", async () => {
    expect(JSON.stringify((await ask("reader")).data)).toContain("secret");
    await at.world.as("admin").post("/v2/resource-restrictions", { resource_id: job.modelId });
    const hidden = await ask("reader");
    expect(hidden.data).toEqual({ node: { importJobs: { totalCount: 0, edges: [] } }, job: null });
    expect(hidden.errors).toEqual([]);
    expect((await ask("admin")).data.job.modelName).toBe("secret");
  });

  it("is not changed by who may not see the model", async () => {
    await at.world.as("admin").post("/v2/resource-restrictions", { resource_id: job.modelId });
    const PAUSE = `mutation ($id: ID!) { pauseFileImportJob(input: { jobId: $id }) { fileImportJob { jobStatus modelName } } }`;
    const refused = await as("member", PAUSE, { id: job.id });
    expect(refused.verdict).toBe("NOT_FOUND");
    expect(JSON.stringify(refused)).not.toContain("secret");
    expect((await as("admin", PAUSE, { id: job.id })).data.pauseFileImportJob.fileImportJob.jobStatus).toBe("inactive");
  });
});

describe("a monitor's contact", () => {
  it("is an alert integration of the model's organization", async () => {
    const { spaces, organizations } = at.world;
    const KEY = `mutation ($input: CreateIntegrationKeyInput!) { createIntegrationKey(input: $input) { integrationKey { id } } }`;
    const keyIn = async (accountOrganizationId: string): Promise<string> =>
      (await as("admin", KEY, { input: { accountOrganizationId, name: "pager", providerName: "pagerduty" } })).data
        .createIntegrationKey.integrationKey.id;
    const [own, other] = [await keyIn(organizations.acme), await keyIn(organizations.beta)];
    await at.world.as("admin").post("/v2/projects", { name: "watched", space_id: spaces.main });
    const MONITOR = `mutation ($input: CreatePerformanceMonitorMutationInput!) { createPerformanceMonitor(input: $input) { monitor { contacts { integration { name } } } } }`;
    const monitorWith = (integrationKeyId: string) =>
      as("admin", MONITOR, {
        input: {
          spaceId: spaces.main,
          modelName: "watched",
          name: integrationKeyId,
          operator: "greaterThan",
          performanceMetric: "mae",
          threshold: 1,
          contacts: [{ notificationChannelType: "integration", integrationKeyId }],
        },
      });
    const refused = await monitorWith(other);
    expect(refused.verdict).toBe("BAD_USER_INPUT");
    expect(refused.errors[0]?.message).toContain("contacts[0].integrationKeyId");
    const made = await monitorWith(own);
    expect(made.data.createPerformanceMonitor.monitor.contacts).toEqual([{ integration: { name: "pager" } }]);
  });
});
