import { formatTimestamp } from "@axlab/wire";
import { spaceRef } from "../../../domain/locate.js";
import type { AnnotationConfigRow, ProjectRow, SpaceRow } from "../../../store/tables/index.js";
import type { Page } from "../../../domain/paging.js";
import { connection, searched, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { findNode } from "./node.js";

/** Every page of a list of the domain, which has decided on each item. */
export async function all<T>(list: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(cursor);
    items.push(...page.items);
    cursor = page.pagination.next_cursor;
  } while (cursor !== undefined);
  return items;
}

const ROLES = { ADMIN: "admin", MEMBER: "member", READ_ONLY: "readOnly", ANNOTATOR: "annotator" } as const;

export const spaceResolvers = {
  Space: {
    createdAt: (row: SpaceRow) => formatTimestamp(row.created_at),
    private: (row: SpaceRow) => row.is_private === 1,
    accountOrganization: (row: SpaceRow, _: unknown, context: GraphQLContext) => findNode(context, row.organization_id),
    async spaceUsers(
      row: SpaceRow,
      args: ConnectionArgs & { userType?: "human" | "bot" | null },
      { caller, domain }: GraphQLContext,
    ) {
      domain.core.gate.require(caller, "SPACE_READ", spaceRef(row));
      const db = domain.core.store.db;
      const members = await db
        .selectFrom("space_members")
        .selectAll()
        .where("space_id", "=", row.id)
        .orderBy("seq")
        .execute();
      if (members.length === 0) return connection([], args);
      const users = await db
        .selectFrom("users")
        .selectAll()
        .where(
          "id",
          "in",
          members.map((member) => member.user_id),
        )
        .execute();
      const rows = members.flatMap((member) => {
        const user = users.find(({ id }) => id === member.user_id);
        if (user === undefined || (args.userType && user.kind !== args.userType)) return [];
        return [
          {
            seq: member.seq,
            role: member.role === null ? null : ROLES[member.role],
            membership: "EXPLICIT_MEMBERSHIP",
            user,
          },
        ];
      });
      return connection(
        searched(rows, args.search, ({ user }) => `${user.name} ${user.email ?? ""}`),
        args,
      );
    },
    async models(
      row: SpaceRow,
      args: ConnectionArgs & { useExactSearchMatch?: boolean | null },
      { caller, domain }: GraphQLContext,
    ) {
      const rows = await all((cursor) => domain.projects.list(caller, { space_id: row.id, limit: 100, cursor }));
      if (args.useExactSearchMatch === true)
        return connection(
          rows.filter(({ name }) => name === args.search),
          args,
        );
      return connection(
        searched(rows, args.search, ({ name }) => name),
        args,
      );
    },
    async datasets(row: SpaceRow, args: ConnectionArgs, { caller, domain }: GraphQLContext) {
      const rows = await all((cursor) => domain.datasets.list(caller, { space_id: row.id, limit: 100, cursor }));
      return connection(
        searched(rows, args.search, ({ name }) => name),
        args,
        "desc",
      );
    },
    async experiments(row: SpaceRow, args: ConnectionArgs, { caller, domain }: GraphQLContext) {
      const rows = await all((cursor) => domain.experiments.list(caller, { space_id: row.id, limit: 100, cursor }));
      return connection(
        searched(rows, args.search, ({ name }) => name),
        args,
        "desc",
      );
    },
    async annotationConfigs(row: SpaceRow, args: ConnectionArgs, { caller, domain }: GraphQLContext) {
      domain.core.gate.require(caller, "ANNOTATION_CONFIG_READ", spaceRef(row));
      return connection(
        await domain.core.store.db
          .selectFrom("annotation_configs")
          .selectAll()
          .where("space_id", "=", row.id)
          .orderBy("seq")
          .execute(),
        args,
      );
    },
  },
  AnnotationConfig: {
    annotationType: (row: AnnotationConfigRow) =>
      ({ CONTINUOUS: "score", CATEGORICAL: "label", FREEFORM: "text" })[row.type],
  },
  Model: {
    modelType: (row: ProjectRow) => row.model_type.toLowerCase(),
    createdAt: (row: ProjectRow) => formatTimestamp(row.created_at),
    isDemoModel: () => false,
    space: (row: ProjectRow, _: unknown, context: GraphQLContext) => findNode(context, row.space_id),
    async modelPredictionVolume(
      row: ProjectRow,
      args: { startTime?: string | null; endTime?: string | null },
      { domain }: GraphQLContext,
    ) {
      let rows = domain.core.store.db
        .selectFrom("record_uploads")
        .select((query) => query.fn.sum<number | null>("rows").as("total"))
        .where("project_id", "=", row.id)
        .where("state", "=", "ready");
      if (args.startTime) rows = rows.where("max_time", ">=", Date.parse(args.startTime));
      if (args.endTime) rows = rows.where("min_time", "<", Date.parse(args.endTime));
      return { totalVolume: Number((await rows.executeTakeFirstOrThrow()).total ?? 0) };
    },
  },
};
