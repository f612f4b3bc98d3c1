import type { Principal, Requirement, ResourceRef } from "@axlab/auth";
import { parseGlobalId } from "@axlab/wire";
import { WIDGET_IDS } from "../../../domain/dashboards/dashboards.js";
import { accountRef, organizationRef, spaceRef } from "../../../domain/locate.js";
import { ForbiddenError, NotFoundError } from "../../../errors.js";
import type { UserRow } from "../../../store/tables/index.js";
import type { GraphQLContext } from "../context.js";
import { canonicalId } from "../ids.js";
import type { Loaders } from "../loaders.js";
import { placeInProject, placeInSpace, placeOfProject } from "../places.js";
import { readableTasks } from "./online-tasks.js";

/** A kind of node: how it is read, and the permission that makes it visible where. */
interface NodeKind<Row> {
  typename: string;
  read: Requirement;
  load: (load: Loaders, id: string) => Promise<Row | null>;
  place: (context: GraphQLContext, row: Row) => ResourceRef | null | Promise<ResourceRef | null>;
}

type Found = object & { __typename: string };
type Finder = (context: GraphQLContext, id: string) => Promise<Found | null>;

/** Closes a kind over its own row type. */
function nodeOf<Row extends object>({ typename, read, load, place }: NodeKind<Row>): Finder {
  return async (context, id) => {
    const row = await load(context.load, id);
    if (row === null) return null;
    const ref = await place(context, row);
    const { caller, domain } = context;
    return ref !== null && domain.core.gate.may(caller, read, ref) ? { ...row, __typename: typename } : null;
  };
}

const widgetNode = (typename: string): Finder =>
  nodeOf({
    typename,
    read: "DASHBOARD_READ",
    load: (load, id) => load.widgets.load(id),
    place: async (context, row) => {
      const dashboard = await context.load.dashboards.load(row.dashboard_id);
      return dashboard && placeInSpace(context, dashboard);
    },
  });

/** A job is seen where its space lets it be, by who may see the model that it feeds. */
const importJobNode = (typename: string): Finder => {
  const inSpace = nodeOf({
    typename,
    read: "FILE_IMPORT_READ",
    load: (load, id) => load.importJobs.load(id),
    place: placeInSpace,
  });
  const ofModel = nodeOf({
    typename,
    read: "PROJECT_READ",
    load: (load, id) => load.importJobs.load(id),
    place: placeInProject,
  });
  return async (context, id) => (await inSpace(context, id)) && ofModel(context, id);
};

/** By the type inside the id (`spec/graphql.md §4`). */
const NODES: Readonly<Record<string, Finder>> = {
  Account: async ({ load, caller }, id) => {
    const row = id === caller.principal.accountId ? await load.accounts.load(id) : null;
    return row && { ...row, __typename: "Account" };
  },
  Organization: nodeOf({
    typename: "AccountOrganization",
    read: "ORGANIZATION_READ",
    load: (load, id) => load.organizations.load(id),
    place: (_, row) => organizationRef(row),
  }),
  Space: nodeOf({
    typename: "Space",
    read: "SPACE_READ",
    load: (load, id) => load.spaces.load(id),
    place: (_, row) => spaceRef(row),
  }),
  Model: nodeOf({
    typename: "Model",
    read: "PROJECT_READ",
    load: (load, id) => load.projects.load(id),
    place: placeOfProject,
  }),
  Dataset: nodeOf({
    typename: "Dataset",
    read: "DATASET_READ",
    load: (load, id) => load.datasets.load(id),
    place: placeInSpace,
  }),
  DatasetVersion: nodeOf({
    typename: "DatasetVersion",
    read: "DATASET_READ",
    load: (load, id) => load.datasetVersions.load(id),
    place: async (context, row) => {
      const dataset = await context.load.datasets.load(row.dataset_id);
      return dataset === null ? null : placeInSpace(context, dataset);
    },
  }),
  Experiment: nodeOf({
    typename: "Experiment",
    read: "EXPERIMENT_READ",
    load: (load, id) => load.experiments.load(id),
    place: placeInSpace,
  }),
  AnnotationConfig: nodeOf({
    typename: "AnnotationConfig",
    read: "ANNOTATION_CONFIG_READ",
    load: (load, id) => load.annotationConfigs.load(id),
    place: placeInSpace,
  }),
  Prompt: nodeOf({
    typename: "Prompt",
    read: "PROMPT_READ",
    load: (load, id) => load.prompts.load(id),
    place: placeInSpace,
  }),
  PromptVersion: nodeOf({
    typename: "PromptVersion",
    read: "PROMPT_READ",
    load: (load, id) => load.promptVersions.load(id),
    place: async (context, row) => {
      const prompt = await context.load.prompts.load(row.prompt_id);
      return prompt && placeInSpace(context, prompt);
    },
  }),
  Evaluator: nodeOf({
    typename: "Evaluator",
    read: "EVALUATOR_READ",
    load: (load, id) => load.evaluators.load(id),
    place: placeInSpace,
  }),
  Tag: nodeOf({
    typename: "Tag",
    read: "TAG_READ",
    load: (load, id) => load.tags.load(id),
    place: placeInSpace,
  }),
  OnlineTask: async (context, id) => {
    const row = await context.load.tasks.load(id);
    const [shown] = await readableTasks(context, row === null ? [] : [row]);
    return shown ? { ...shown, __typename: "OnlineTask" } : null;
  },
  /** The domain decides: an integration is seen where its scopings say. */
  LlmIntegration: async ({ caller, domain }, id) => {
    try {
      return { ...(await domain.aiIntegrations.get(caller, id)), __typename: "LlmIntegration" };
    } catch (error) {
      if (error instanceof NotFoundError || error instanceof ForbiddenError) return null;
      throw error;
    }
  },
  CustomMetric: nodeOf({
    typename: "CustomMetric",
    read: "CUSTOM_METRIC_READ",
    load: (load, id) => load.customMetrics.load(id),
    place: placeInProject,
  }),
  Monitor: nodeOf({
    typename: "Monitor",
    read: "MONITOR_READ",
    load: (load, id) => load.monitors.load(id),
    place: placeInProject,
  }),
  IntegrationKey: nodeOf({
    typename: "IntegrationKey",
    read: "ORGANIZATION_READ",
    load: (load, id) => load.alertIntegrations.load(id),
    place: async ({ load }, row) => {
      const organization = await load.organizations.load(row.organization_id);
      return organization && organizationRef(organization);
    },
  }),
  Dashboard: nodeOf({
    typename: "Dashboard",
    read: "DASHBOARD_READ",
    load: (load, id) => load.dashboards.load(id),
    place: placeInSpace,
  }),
  ...Object.fromEntries([...new Set(Object.values(WIDGET_IDS))].map((typename) => [typename, widgetNode(typename)])),
  ...Object.fromEntries(
    (["FileImportJob", "TableImportJob"] as const).map((typename) => [typename, importJobNode(typename)]),
  ),
  User: async (context, id) => {
    const user = await findUser(context, id);
    return user && { ...user, __typename: "User" };
  },
  Role: nodeOf({
    typename: "CustomRole",
    read: "ACCOUNT_MEMBER",
    load: (load, id) => load.customRoles.load(id),
    place: (_, row) => accountRef(row.account_id),
  }),
};

/** Somebody who made or holds something, as REST would show them: oneself always, others to who may read users (`decisions/0051`). */
export async function findUser(context: GraphQLContext, id: string): Promise<UserRow | null> {
  const user = await context.load.users.load(id);
  if (user === null || id === context.caller.principal.userId) return user;
  const shown = context.domain.core.gate.may(context.caller, "USER_READ", accountRef(user.account_id));
  return shown && user.status !== "INACTIVE" ? user : null;
}

/** null for what is absent and for what may not be seen, alike. */
export async function findNode(context: GraphQLContext, id: string): Promise<Found | null> {
  const canonical = canonicalId(context.domain.core.store, id);
  return (await NODES[parseGlobalId(canonical)?.type ?? ""]?.(context, canonical)) ?? null;
}

/** Every role as it was given, from the top down. */
function rolesOf({ accountId, grants }: Principal): { level: string; resourceId: string; role: string }[] {
  const bindings = [...grants.bindings].flatMap(([resourceId, bound]) =>
    bound.map(({ roleName }) => ({
      level: parseGlobalId(resourceId)?.type === "Space" ? "space" : "project",
      resourceId,
      role: roleName,
    })),
  );
  return [
    { level: "account", resourceId: accountId, role: grants.accountRole },
    ...[...grants.organizationRoles].map(([resourceId, role]) => ({ level: "organization", resourceId, role })),
    ...[...grants.spaceRoles].flatMap(([resourceId, role]) =>
      role === null ? [] : [{ level: "space", resourceId, role }],
    ),
    ...bindings,
  ];
}

const ownAccount = (_: unknown, __: unknown, context: GraphQLContext) =>
  findNode(context, context.caller.principal.accountId);

export const nodeResolvers = {
  Query: {
    node: (_: unknown, { id }: { id: string }, context: GraphQLContext) => findNode(context, id),
    account: ownAccount,
    viewer: () => ({}),
    rateLimit: (_: unknown, __: unknown, { complexity }: GraphQLContext) => complexity,
  },
  Viewer: {
    account: ownAccount,
    roles: (_: unknown, __: unknown, { caller }: GraphQLContext) => rolesOf(caller.principal),
    user: (_: unknown, __: unknown, { caller, load }: GraphQLContext) => load.users.load(caller.principal.userId),
    apiKey: (_: unknown, __: unknown, { caller, load }: GraphQLContext) =>
      caller.principal.key === undefined ? null : load.apiKeys.load(caller.principal.key.id),
  },
  Node: { __resolveType: ({ __typename }: Found) => __typename },
};
