import { CreateOrganizationRequest } from "@axlab/wire/rest";
import { accountRef, organizationRef, spaceRef } from "../../../domain/locate.js";
import type { AccountRow, OrganizationMemberRow, OrganizationRow } from "../../../store/tables/index.js";
import { connection, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { checked } from "../input.js";
import { mutation } from "../mutation.js";
import { findUser } from "./node.js";
import { placeOfProject, readable, requireAt } from "../places.js";

const byName = { texts: (row: { name: string }) => [row.name] };

/** The spaces of an organization that the caller may read, oldest first. */
const spacesIn = async (context: GraphQLContext, organizationId: string) =>
  readable(context, await context.load.spacesOfOrganization.load(organizationId), "SPACE_READ", async (_, row) =>
    spaceRef(row),
  );

const organizationsOf = (context: GraphQLContext, accountId: string): Promise<OrganizationRow[]> =>
  context.domain.core.store.db
    .selectFrom("organizations")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("seq")
    .execute();

interface NewOrganization {
  name: string;
  description?: string | null;
}

export const accountResolvers = {
  Viewer: {
    async spaces(_: unknown, args: ConnectionArgs, context: GraphQLContext) {
      const organizations = await organizationsOf(context, context.caller.principal.accountId);
      const spaces = await Promise.all(organizations.map(({ id }) => spacesIn(context, id)));
      return connection(spaces.flat(), args, byName);
    },
  },
  Account: {
    async organizations(account: AccountRow, args: ConnectionArgs, context: GraphQLContext) {
      const rows = await organizationsOf(context, account.id);
      return connection(
        await readable(context, rows, "ORGANIZATION_READ", async (_, row) => organizationRef(row)),
        args,
        byName,
      );
    },
    async users(
      account: AccountRow,
      args: ConnectionArgs & { userType?: "human" | "bot" | null },
      context: GraphQLContext,
    ) {
      await requireAt(context, "USER_READ", accountRef(account.id));
      let rows = context.domain.core.store.db
        .selectFrom("users")
        .selectAll()
        .where("account_id", "=", account.id)
        .where("status", "=", "ACTIVE")
        .orderBy("seq");
      if (args.userType) rows = rows.where("kind", "=", args.userType);
      return connection(await rows.execute(), args, { texts: (row) => [row.email, row.name] });
    },
    async customRoles(account: AccountRow, args: ConnectionArgs, context: GraphQLContext) {
      await requireAt(context, "ACCOUNT_MEMBER", accountRef(account.id));
      const rows = await context.domain.core.store.db
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
    createdAt: (row: OrganizationRow) => row.created_at,
    creator: (row: OrganizationRow, _: unknown, context: GraphQLContext) =>
      row.created_by_user_id === null ? null : findUser(context, row.created_by_user_id),
    spaces: async (row: OrganizationRow, args: ConnectionArgs, context: GraphQLContext) =>
      connection(await spacesIn(context, row.id), args, byName),
    async accountOrganizationUsers(row: OrganizationRow, args: ConnectionArgs, context: GraphQLContext) {
      await requireAt(context, "USER_READ", accountRef(row.account_id));
      const members = await context.load.organizationMembers.load(row.id);
      const users = await Promise.all(members.map(({ user_id }) => context.load.users.load(user_id)));
      const rows = members.flatMap((member, index) => {
        const user = users[index];
        return user && user.status !== "INACTIVE" ? [{ ...member, user }] : [];
      });
      return connection(rows, args, { texts: ({ user }) => [user.email, user.name] });
    },
    async modelCount(row: OrganizationRow, _: unknown, context: GraphQLContext) {
      const spaces = await spacesIn(context, row.id);
      const models = await Promise.all(spaces.map(({ id }) => context.load.projectsOfSpace.load(id)));
      return (await readable(context, models.flat(), "PROJECT_READ", placeOfProject)).length;
    },
  },
  AccountOrganizationUser: {
    user: (row: OrganizationMemberRow, _: unknown, { load }: GraphQLContext) => load.users.load(row.user_id),
  },
  Mutation: {
    createOrganization: mutation<NewOrganization>(
      "createOrganization",
      { on: "account", requirement: "ORGANIZATION_CREATE" },
      async ({ input: { name, description }, caller, domain }) => ({
        organization: await domain.organizations.create(
          caller,
          checked(CreateOrganizationRequest, { name, description: description ?? "" }),
        ),
      }),
    ),
  },
};
