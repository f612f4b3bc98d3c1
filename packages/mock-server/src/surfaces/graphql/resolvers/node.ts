import type { Permission, Principal } from "@axlab/auth";
import { parseGlobalId } from "@axlab/wire";
import { locate, type Kind } from "../../../domain/locate.js";
import { connection, searched, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { readableSpaces } from "./account.js";

/** By the type inside the id: what it is here, and the permission that makes it visible. */
const NODES: Record<string, { kind: Kind; read: Permission; typename: string }> = {
  Organization: { kind: "organization", read: "ORGANIZATION_READ", typename: "AccountOrganization" },
  AccountOrganization: { kind: "organization", read: "ORGANIZATION_READ", typename: "AccountOrganization" },
  Space: { kind: "space", read: "SPACE_READ", typename: "Space" },
  Model: { kind: "project", read: "PROJECT_READ", typename: "Model" },
  Dataset: { kind: "dataset", read: "DATASET_READ", typename: "Dataset" },
  Experiment: { kind: "experiment", read: "EXPERIMENT_READ", typename: "Experiment" },
  User: { kind: "user", read: "USER_READ", typename: "User" },
  AnnotationConfig: { kind: "annotationConfig", read: "ANNOTATION_CONFIG_READ", typename: "AnnotationConfig" },
};

/** null for what is absent and for what may not be seen, alike. */
export async function findNode({ caller, domain }: GraphQLContext, id: string): Promise<object | null> {
  const { gate, store } = domain.core;
  const type = parseGlobalId(id)?.type ?? "";
  if (type === "Account") {
    if (id !== caller.principal.accountId) return null;
    const account = await store.db.selectFrom("accounts").selectAll().where("id", "=", id).executeTakeFirst();
    return account === undefined ? null : { __typename: "Account", ...account };
  }
  const node = NODES[type];
  if (node === undefined) return null;
  const found = await locate(store.db, node.kind, id);
  if (found === null || !gate.may(caller, node.read, found.ref)) return null;
  return { __typename: node.typename, ...found.entity };
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

export const nodeResolvers = {
  Query: {
    node: (_: unknown, { id }: { id: string }, context: GraphQLContext) => findNode(context, id),
    account: (_: unknown, __: unknown, context: GraphQLContext) =>
      findNode(context, context.caller.principal.accountId),
    viewer: (_: unknown, __: unknown, { caller }: GraphQLContext) => ({ userId: caller.principal.userId }),
  },
  Viewer: {
    spaces: async (_: unknown, args: ConnectionArgs, context: GraphQLContext) =>
      connection(
        searched(await readableSpaces(context), args.search, (row) => row.name),
        args,
      ),
    account: (_: unknown, __: unknown, context: GraphQLContext) =>
      findNode(context, context.caller.principal.accountId),
    roles: (_: unknown, __: unknown, { caller }: GraphQLContext) => rolesOf(caller.principal),
    user: (_: unknown, __: unknown, { caller, domain }: GraphQLContext) =>
      domain.core.store.db.selectFrom("users").selectAll().where("id", "=", caller.principal.userId).executeTakeFirst(),
    apiKey: (_: unknown, __: unknown, { caller, domain }: GraphQLContext) =>
      caller.principal.key === undefined
        ? null
        : domain.core.store.db
            .selectFrom("api_keys")
            .selectAll()
            .where("id", "=", caller.principal.key.id)
            .executeTakeFirst(),
  },
  Node: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
};
