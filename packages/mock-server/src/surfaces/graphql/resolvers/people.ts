import type { SpaceRoleAssignmentRequest } from "@axlab/wire/rest";
import type { z } from "zod";
import { accountRef, locate } from "../../../domain/locate.js";
import { InvalidRequestError, PlatformError } from "../../../errors.js";
import type { SpaceMemberRow, SpaceRow, UserRow } from "../../../store/tables/index.js";
import { connection, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { canonicalId } from "../ids.js";
import { mutation, mutationOn, type Mutating } from "../mutation.js";
import { requireAt } from "../places.js";
import { findNode, findUser } from "./node.js";

/** Somebody with access to a space, and why: a membership of the space, or a role above it. */
interface Access {
  seq: number;
  userId: string;
  role: SpaceMemberRow["role"];
  membership: "ACCOUNT_ADMIN" | "ORGANIZATION_ADMIN" | "EXPLICIT_MEMBERSHIP" | "PUBLIC_MEMBERSHIP";
}

/** Everybody who has access to a space; an explicit membership hides what the same person has from above. */
async function accessOf({ load }: GraphQLContext, space: SpaceRow): Promise<Access[]> {
  const [explicit, organization, admins] = await Promise.all([
    load.spaceMembers.load(space.id),
    load.organizationMembers.load(space.organization_id),
    load.accountAdmins.load(space.account_id),
  ]);
  const all: Access[] = [
    ...explicit.map(({ seq, user_id, role }) => ({
      seq,
      userId: user_id,
      role,
      membership: "EXPLICIT_MEMBERSHIP" as const,
    })),
    ...admins.map(({ seq, id }) => ({ seq, userId: id, role: null, membership: "ACCOUNT_ADMIN" as const })),
    ...organization.flatMap(({ seq, user_id, role }): Access[] => {
      if (role === "ADMIN") return [{ seq, userId: user_id, role: null, membership: "ORGANIZATION_ADMIN" }];
      return space.is_private === 1 ? [] : [{ seq, userId: user_id, role: null, membership: "PUBLIC_MEMBERSHIP" }];
    }),
  ];
  const first = new Map<string, Access>();
  for (const access of all) if (!first.has(access.userId)) first.set(access.userId, access);
  return [...first.values()];
}

interface Membership {
  userId: string;
  spaceId: string;
  role?: Exclude<SpaceMemberRow["role"], null> | null;
  customRoleId?: string | null;
}

type Assignment = z.output<typeof SpaceRoleAssignmentRequest>;

function assignmentOf({ role, customRoleId }: Membership, index: number): Assignment {
  if ((role == null) === (customRoleId == null))
    throw new InvalidRequestError(`spaceMemberships[${index}]: give exactly one of role and customRoleId.`);
  if (role != null) return { type: "PREDEFINED", name: role };
  return { type: "CUSTOM", id: customRoleId ?? "" };
}

/** Every space is decided on before the first membership is written; where a later one fails all the same, the text says how many stand. */
async function assign({ input, caller, domain, context }: Mutating<{ spaceMemberships: Membership[] }>) {
  const { gate, store } = domain.core;
  const wanted = input.spaceMemberships.map((membership, index) => ({
    spaceId: canonicalId(store, membership.spaceId),
    userId: canonicalId(store, membership.userId),
    assignment: assignmentOf(membership, index),
  }));
  for (const { spaceId, assignment } of wanted) {
    const space = await locate(store.db, "space", spaceId);
    const requirement = assignment.type === "CUSTOM" ? "ROLE_BINDING_CREATE" : "SPACE_ADMIN";
    gate.require(caller, requirement, space?.ref ?? null);
  }
  const members = [];
  for (const { spaceId, userId, assignment } of wanted) {
    try {
      const { id } = await domain.spaceMembers.put(caller, spaceId, userId, assignment);
      const role = assignment.type === "PREDEFINED" ? assignment.name : null;
      members.push({ id, role, user: await findUser(context, userId) });
    } catch (error) {
      if (members.length > 0 && error instanceof PlatformError)
        error.message += ` The first ${members.length} of ${wanted.length} memberships were given.`;
      throw error;
    }
  }
  return { spaceMemberships: members };
}

export const peopleResolvers = {
  User: {
    email: (row: UserRow) => row.email ?? `${row.id}@bots.axlab.dev`,
    status: (row: UserRow) => (row.status === "ACTIVE" ? "ACTIVE" : "INACTIVE"),
    accountRole: (row: UserRow) => (row.account_role === "MEMBER_UI_ONLY" ? "MEMBER" : row.account_role),
    userType: (row: UserRow) => row.kind,
    createdAt: (row: UserRow) => row.created_at,
  },
  Space: {
    async spaceUsers(
      row: SpaceRow,
      args: ConnectionArgs & { userType?: "human" | "bot" | null },
      context: GraphQLContext,
    ) {
      await requireAt(context, "USER_READ", accountRef(row.account_id));
      const access = await accessOf(context, row);
      const users = await Promise.all(access.map(({ userId }) => context.load.users.load(userId)));
      const rows = access.flatMap((entry, index) => {
        const user = users[index];
        if (!user || user.status === "INACTIVE" || (args.userType && user.kind !== args.userType)) return [];
        return [{ ...entry, seq: user.seq, spaceId: row.id, user }];
      });
      return connection(rows, args, { texts: ({ user }) => [user.email, user.name] });
    },
  },
  SpaceUser: {
    async customRole(row: Access & { spaceId: string }, _: unknown, context: GraphQLContext) {
      const bindings = await context.load.bindings.load(row.spaceId);
      const binding = bindings.find(({ user_id }) => user_id === row.userId);
      return binding === undefined ? null : findNode(context, binding.role_id);
    },
  },
  Mutation: {
    assignSpaceMembership: mutation<{ spaceMemberships: Membership[] }>(
      "assignSpaceMembership",
      { on: "domain", why: "a predefined role needs a space admin, a custom one ROLE_BINDING_CREATE, in each space" },
      assign,
    ),
    removeSpaceMember: mutationOn<"space", { spaceId: string; userId: string }>(
      "removeSpaceMember",
      { on: "space", requirement: "ROLE_BINDING_DELETE", id: ({ spaceId }) => spaceId },
      async ({ input, domain, target }) => {
        await domain.spaceMembers.remove(target, canonicalId(domain.core.store, input.userId));
        return { space: target };
      },
    ),
  },
};
