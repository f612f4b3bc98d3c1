import { AddedAnnotationQueueRecords, Project, UserPage } from "@axlab/wire/rest";
import { z } from "zod";
import type { Client, Reply } from "../client.js";

/** What a request can be about. */
export const KINDS = [
  "organization",
  "space",
  "project",
  "restricted",
  "dataset",
  "experiment",
  "annotationConfig",
  "queuedConfig",
  "queue",
  "queueRecord",
  "aiIntegration",
  "agentIntegration",
  "evaluator",
  "evaluatorVersion",
  "task",
  "restrictedTask",
  "taskRun",
  "restrictedTaskRun",
  "prompt",
  "promptVersion",
  "promptLabel",
  "monitor",
  "role",
  "user",
  "invited",
  "member",
  "binding",
  "projectBinding",
  "serviceKey",
  "userKey",
] as const;
export type FixtureKind = (typeof KINDS)[number];

const Made = z.looseObject({ id: z.string() });

let counter = 0;
/** A name that nothing else has. */
export const fresh = (): string => `m${(counter += 1)}`;

/**
 * One space with one thing of every kind in it, made by the account's admin when it is first asked for, and again after a request took
 * it away.
 */
export class Fixtures {
  readonly #made = new Map<FixtureKind, string>();

  constructor(
    readonly admin: Client,
    readonly organizationId: string,
    readonly spaceId: string,
    /** who keeps the key of kind `userKey` */
    readonly maker: Client,
    /** told of every project, so that project roles can be bound on it */
    private readonly projectMade: (id: string) => Promise<void> = async () => undefined,
  ) {}

  async id(kind: FixtureKind): Promise<string> {
    const known = this.#made.get(kind);
    if (known !== undefined) return known;
    const made = await this.#make(kind);
    this.#made.set(kind, made);
    return made;
  }

  /** The next one asked for is another. */
  drop(...kinds: readonly FixtureKind[]): void {
    for (const kind of kinds) this.#made.delete(kind);
  }

  async #make(kind: FixtureKind): Promise<string> {
    const { admin, organizationId, spaceId } = this;
    const post = async (path: string, body: object): Promise<string> => idOf(await admin.post(path, body));
    const person = (invite_mode: string): Promise<string> =>
      post("/v2/users", { name: fresh(), email: `${fresh()}@matrix.test`, role: predefined("MEMBER"), invite_mode });
    switch (kind) {
      case "organization":
        return organizationId;
      case "space":
        return spaceId;
      case "project":
      case "restricted": {
        const id = await post("/v2/projects", { name: fresh(), space_id: spaceId });
        await this.projectMade(id);
        if (kind === "restricted") await admin.post("/v2/resource-restrictions", { resource_id: id });
        return id;
      }
      case "dataset":
        return post("/v2/datasets", { name: fresh(), space_id: spaceId, examples: [{ a: 1 }] });
      case "experiment":
        return post("/v2/experiments", { name: fresh(), space_id: spaceId, experiment_runs: [{ output: "o" }] });
      case "annotationConfig":
        return post("/v2/annotation-configs", { name: fresh(), space_id: spaceId, annotation_config_type: "FREEFORM" });
      case "queuedConfig":
        return post("/v2/annotation-configs", { name: fresh(), space_id: spaceId, annotation_config_type: "FREEFORM" });
      case "queue":
        return post("/v2/annotation-queues", await newQueue(this));
      case "queueRecord": {
        const record_sources = [await newExample(this)];
        const added = await admin.post(`/v2/annotation-queues/${await this.id("queue")}/records`, { record_sources });
        return added.read(AddedAnnotationQueueRecords).record_sources[0]?.id ?? "";
      }
      case "aiIntegration":
        return post("/v2/ai-integrations", { name: fresh(), provider: "OPEN_AI", scopings: [scopedTo(this)] });
      case "agentIntegration": {
        const scopings = [scopedTo(this)];
        return post("/v2/integrations", { type: "AGENT", name: fresh(), scopings, config: AGENT_CONFIG });
      }
      case "evaluator":
        return post("/v2/evaluators", { name: fresh(), space_id: spaceId, type: "CODE", version: EVALUATOR_VERSION });
      case "evaluatorVersion":
        return post(`/v2/evaluators/${await this.id("evaluator")}/versions`, EVALUATOR_VERSION);
      case "task":
        return post("/v2/tasks", await newTask(this, "project"));
      case "restrictedTask":
        return post("/v2/tasks", await newTask(this, "restricted"));
      case "taskRun":
        return post(`/v2/tasks/${await this.id("task")}/trigger`, sinceJustNow());
      case "restrictedTaskRun":
        return post(`/v2/tasks/${await this.id("restrictedTask")}/trigger`, sinceJustNow());
      case "prompt":
        return post("/v2/prompts", { name: fresh(), space_id: spaceId, version: PROMPT_VERSION });
      case "promptVersion":
        return post(`/v2/prompts/${await this.id("prompt")}/versions`, PROMPT_VERSION);
      case "promptLabel": {
        const label = fresh();
        idOf(await admin.put(`/v2/prompt-versions/${await this.id("promptVersion")}/labels`, { labels: [label] }));
        return label;
      }
      case "monitor": {
        const model = (await admin.get(`/v2/projects/${await this.id("project")}`)).read(Project);
        return makeMonitor(admin, spaceId, model.name);
      }
      case "role":
        return post("/v2/roles", { name: fresh(), permissions: ["DATASET_READ"] });
      case "user":
        return person("NONE");
      case "invited":
        return person("EMAIL_LINK");
      case "member": {
        const user_id = await person("NONE");
        await admin.post(`/v2/organizations/${organizationId}/users`, { user_id, role: predefined("MEMBER") });
        await admin.post(`/v2/spaces/${spaceId}/users`, { user_id, role: predefined("MEMBER") });
        return user_id;
      }
      case "binding":
        return post("/v2/role-bindings", {
          role_id: await this.id("role"),
          user_id: await person("NONE"),
          resource_type: "SPACE",
          resource_id: spaceId,
        });
      case "projectBinding":
        return post("/v2/role-bindings", {
          role_id: await this.id("role"),
          user_id: await person("NONE"),
          resource_type: "PROJECT",
          resource_id: await this.id("restricted"),
        });
      case "serviceKey":
        return post("/v2/api-keys", {
          key_type: "SERVICE",
          name: fresh(),
          organizations: [{ org_id: organizationId, spaces: [{ space_id: spaceId, role: predefined("READ_ONLY") }] }],
        });
      case "userKey":
        return idOf(await this.maker.post("/v2/api-keys", { key_type: "USER", name: fresh() }));
    }
  }
}

export const scopedTo = ({ organizationId, spaceId }: Pick<Fixtures, "organizationId" | "spaceId">) => ({
  organization_id: organizationId,
  space_id: spaceId,
});

/** A queue for the account's admin. */
export const newQueue = async (at: Fixtures) => {
  const { users } = (await at.admin.get("/v2/users?email=admin@&limit=100")).read(UserPage);
  return {
    name: fresh(),
    space_id: at.spaceId,
    annotation_config_ids: [await at.id("queuedConfig")],
    annotator_emails: users.filter(({ email }) => email.startsWith("admin@")).map(({ email }) => email),
  };
};

/** An example that waits in no queue yet. */
export const newExample = async (at: Fixtures) => ({
  record_type: "EXAMPLE",
  dataset_id: idOf(await at.admin.post("/v2/datasets", { name: fresh(), space_id: at.spaceId, examples: [{ a: 1 }] })),
});

export const newTask = async (at: Fixtures, project: "project" | "restricted") => ({
  type: "CODE_EVALUATION",
  name: fresh(),
  project_id: await at.id(project),
  evaluators: [{ evaluator_id: await at.id("evaluator") }],
});

export const sinceJustNow = () => ({ data_start_time: new Date(Date.now() - 1000).toISOString() });

export const AGENT_CONFIG = { endpoint: "https://agent.example.com", input_schema: { type: "object" } };

export const EVALUATOR_VERSION = {
  commit_message: "first",
  code_config: { type: "MANAGED", name: "json", managed_evaluator: "JSON_PARSEABLE", variables: ["output"] },
};

export const PROMPT_VERSION = {
  commit_message: "first",
  provider: "OPEN_AI",
  messages: [{ role: "USER", content: "{question}" }],
};

const MadeMonitor = z.object({
  data: z.object({ createPerformanceMonitor: z.object({ monitor: z.object({ id: z.string() }) }) }),
});

/** REST only reads monitors. */
async function makeMonitor(admin: Client, spaceId: string, modelName: string): Promise<string> {
  const input = { spaceId, modelName, name: fresh(), operator: "lessThan", threshold: 1, performanceMetric: "count" };
  const query =
    "mutation ($input: CreatePerformanceMonitorMutationInput!) { createPerformanceMonitor(input: $input) { monitor { id } } }";
  const reply = await admin.post("/graphql", { query, variables: { input } });
  return reply.read(MadeMonitor).data.createPerformanceMonitor.monitor.id;
}

export const predefined = (name: string) => ({ type: "PREDEFINED", name });

export const idOf = (reply: Reply): string => reply.read(Made).id;
