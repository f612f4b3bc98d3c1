import type { OrganizationRole } from "@axlab/auth";
import { CreateUserResponse, OrganizationMembership, SpaceMembership, type CreateUserRequest } from "@axlab/wire/rest";
import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { askGraphql } from "./graphql.js";
import { ask, tell } from "./http.js";
import { placesQuery } from "./places.js";
import { queryClient } from "./query-client.js";

/** A role that somebody was given in an organization or a space; `role` is a managed one, or the name of a custom one. */
export interface Membership {
  userId: string;
  placeId: string;
  placeName: string;
  level: "organization" | "space";
  role: string;
}

const ROLES = { admin: "ADMIN", member: "MEMBER", readOnly: "READ_ONLY", annotator: "ANNOTATOR" } as const;
const RoleName = z.enum(["admin", "member", "readOnly", "annotator"]).transform((role) => ROLES[role]);
const edges = <S extends z.ZodType>(node: S) => z.object({ edges: z.array(z.object({ node })) });
const User = z.object({ id: z.string() });

const OrganizationMembers = z.object({
  node: z.object({ accountOrganizationUsers: edges(z.object({ role: RoleName.nullable(), user: User })) }).nullable(),
});
const SpaceMembers = z.object({
  node: z
    .object({
      spaceUsers: edges(
        z.object({
          role: RoleName.nullable(),
          membership: z.string(),
          customRole: z.object({ name: z.string() }).nullable(),
          user: User,
        }),
      ),
    })
    .nullable(),
});

const ORGANIZATION = `query OrganizationMembers($id: ID!) {
  node(id: $id) { ... on AccountOrganization { accountOrganizationUsers(first: 200) { edges { node { role user { id } } } } } }
}`;
const SPACE = `query SpaceMembers($id: ID!) {
  node(id: $id) { ... on Space { spaceUsers(first: 200, userType: human) { edges { node { role membership customRole { name } user { id } } } } } }
}`;

export const membershipsKey = ["memberships"] as const;

/** Every role that was given in the organizations and spaces one may see; roles that follow from a higher one are not repeated. */
export const membershipsQuery = (accountId: string) =>
  queryOptions({
    queryKey: [...membershipsKey, accountId],
    queryFn: async ({ signal }): Promise<Membership[]> => {
      const places = await queryClient.ensureQueryData(placesQuery(accountId));
      const lists = await Promise.all(
        places.flatMap((organization) => [
          organizationMembers(organization, signal),
          ...organization.spaces.map((space) => spaceMembers(space, signal)),
        ]),
      );
      return lists.flat();
    },
  });

async function organizationMembers(
  { id, name }: { id: string; name: string },
  signal: AbortSignal,
): Promise<Membership[]> {
  const { node } = await askGraphql(ORGANIZATION, { id }, OrganizationMembers, signal);
  return (node?.accountOrganizationUsers.edges ?? []).flatMap(({ node: { role, user } }) =>
    role === null ? [] : [{ userId: user.id, placeId: id, placeName: name, level: "organization" as const, role }],
  );
}

async function spaceMembers({ id, name }: { id: string; name: string }, signal: AbortSignal): Promise<Membership[]> {
  const { node } = await askGraphql(SPACE, { id }, SpaceMembers, signal);
  return (node?.spaceUsers.edges ?? []).flatMap(({ node: { role, membership, customRole, user } }) => {
    const given = role ?? customRole?.name;
    if (membership !== "EXPLICIT_MEMBERSHIP" || given === undefined) return [];
    return [{ userId: user.id, placeId: id, placeName: name, level: "space" as const, role: given }];
  });
}

/** May hold a temporary password, so it is called directly. @throws RefusedError, UnreachableError */
export const invite = (body: CreateUserRequest): Promise<CreateUserResponse> =>
  ask("/v2/users", CreateUserResponse, { method: "POST", body });

/** Their memberships, bindings and user keys go with them. @throws RefusedError, UnreachableError */
export const removePerson = (id: string): Promise<void> =>
  tell(`/v2/users/${encodeURIComponent(id)}`, { method: "DELETE" });

export interface RoleChange {
  userId: string;
  placeId: string;
  level: Membership["level"];
  /** null: no role there any more */
  role: OrganizationRole | null;
}

/** @throws RefusedError, UnreachableError */
export async function changeRole({ userId, placeId, level, role }: RoleChange): Promise<void> {
  const users = `/v2/${level}s/${encodeURIComponent(placeId)}/users`;
  if (role === null) return tell(`${users}/${encodeURIComponent(userId)}`, { method: "DELETE" });
  const body = { user_id: userId, role: { type: "PREDEFINED", name: role } };
  await (level === "organization"
    ? ask(users, OrganizationMembership, { method: "POST", body })
    : ask(users, SpaceMembership, { method: "POST", body }));
}
