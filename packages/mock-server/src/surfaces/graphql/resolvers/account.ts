import { formatTimestamp } from "@axlab/wire";
import { accountRef, organizationRef, spaceRef } from "../../../domain/locate.js";
import type { AccountRow, ApiKeyRow, OrganizationRow, UserRow } from "../../../store/tables/index.js";
import { connection, searched, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";

const at = (ms: number | null): string | null => (ms === null ? null : formatTimestamp(ms));

/** The spaces that the caller may read, oldest first. */
export async function readableSpaces({ caller, domain }: GraphQLContext, organizationId?: string) {
  let rows = domain.core.store.db
    .selectFrom("spaces")
    .selectAll()
    .where("account_id", "=", caller.principal.accountId)
    .orderBy("seq");
  if (organizationId !== undefined) rows = rows.where("organization_id", "=", organizationId);
  return (await rows.execute()).filter((row) => domain.core.gate.may(caller, "SPACE_READ", spaceRef(row)));
}

export const accountResolvers = {
  Account: {
    async organizations(account: AccountRow, args: ConnectionArgs, { caller, domain }: GraphQLContext) {
      const rows = await domain.core.store.db
        .selectFrom("organizations")
        .selectAll()
        .where("account_id", "=", account.id)
        .orderBy("seq")
        .execute();
      return connection(
        searched(
          rows.filter((row) => domain.core.gate.may(caller, "ORGANIZATION_READ", organizationRef(row))),
          args.search,
          (row) => row.name,
        ),
        args,
      );
    },
    async users(
      account: AccountRow,
      args: ConnectionArgs & { userType?: "human" | "bot" | null },
      { caller, domain }: GraphQLContext,
    ) {
      domain.core.gate.require(caller, "USER_READ", accountRef(account.id));
      let rows = domain.core.store.db
        .selectFrom("users")
        .selectAll()
        .where("account_id", "=", account.id)
        .where("status", "=", "ACTIVE")
        .orderBy("seq");
      if (args.userType) rows = rows.where("kind", "=", args.userType);
      return connection(
        searched(await rows.execute(), args.search, (row) => `${row.name} ${row.email ?? ""}`),
        args,
      );
    },
    async customRoles(account: AccountRow, args: ConnectionArgs, { domain }: GraphQLContext) {
      const rows = await domain.core.store.db
        .selectFrom("roles")
        .select(["id", "seq", "name"])
        .where("account_id", "=", account.id)
        .where("deleted_at", "is", null)
        .orderBy("seq")
        .execute();
      return connection(rows, args);
    },
  },
  AccountOrganization: {
    createdAt: (row: OrganizationRow) => at(row.created_at),
    spaces: async (row: OrganizationRow, args: ConnectionArgs, context: GraphQLContext) =>
      connection(
        searched(await readableSpaces(context, row.id), args.search, (space) => space.name),
        args,
      ),
    async modelCount(row: OrganizationRow, _: unknown, context: GraphQLContext) {
      const spaces = await readableSpaces(context, row.id);
      const pages = await Promise.all(spaces.map((space) => countProjects(context, space.id)));
      return pages.reduce((sum, count) => sum + count, 0);
    },
  },
  User: {
    email: (row: UserRow) => row.email ?? `${row.id}@bots.axlab.dev`,
    status: (row: UserRow) => (row.status === "ACTIVE" ? "active" : "inactive"),
    accountRole: (row: UserRow) =>
      row.account_role === "ADMIN" ? "admin" : row.account_role === "ANNOTATOR" ? "annotator" : "member",
    userType: (row: UserRow) => row.kind,
    createdAt: (row: UserRow) => at(row.created_at),
  },
  ApiKey: {
    expiresAt: (row: ApiKeyRow) => at(row.expires_at),
    createdAt: (row: ApiKeyRow) => at(row.created_at),
    keyType: (row: ApiKeyRow) => (row.key_type === "USER" ? "user" : "service"),
    status: (row: ApiKeyRow) => (row.status === "ACTIVE" ? "active" : "revoked"),
    redactedKey: (row: ApiKeyRow) => row.redacted,
    creator: (row: ApiKeyRow, _: unknown, { domain }: GraphQLContext) =>
      domain.core.store.db.selectFrom("users").selectAll().where("id", "=", row.created_by_user_id).executeTakeFirst(),
  },
};

async function countProjects({ caller, domain }: GraphQLContext, spaceId: string): Promise<number> {
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await domain.projects.list(caller, { space_id: spaceId, limit: 100, cursor });
    count += page.items.length;
    cursor = page.pagination.next_cursor;
  } while (cursor !== undefined);
  return count;
}
