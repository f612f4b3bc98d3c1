import type {
  OrganizationRoleAssignmentRequest,
  SpaceRoleAssignmentRequest,
  UserRoleAssignmentRequest,
} from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import type { ListOptions } from "../pagination/index.js";
import { roleId } from "../resolve/index.js";
import type { CallOptions } from "../transport/types.js";

/** What every list of a space's things takes. */
export interface ListInSpace extends ListOptions {
  /** Id or name. Default: the client's `spaceId`, else every space the key may see. */
  readonly space?: string | undefined;
  /** Part of the name, in any case. */
  readonly name?: string | undefined;
}

/** Where something given by name lies. */
export interface InSpace extends CallOptions {
  /** Id or name. Default: the client's `spaceId`. */
  readonly space?: string | undefined;
}

/** A point in time: a `Date`, or RFC 3339 text. */
export type TimeInput = Date | string;

export function timeText(time: TimeInput | undefined): string | undefined {
  return time instanceof Date ? time.toISOString() : time;
}

type Predefined<Assignment> = Extract<Assignment, { type: "PREDEFINED" }>;
type PredefinedName<Assignment> = Predefined<Assignment> extends { name: infer Name } ? Name : never;

/** A role: the name of a predefined one, or `{ custom }` with the id or name of a custom one, or the API's own form. */
export type RoleInput<Assignment> = PredefinedName<Assignment> | { readonly custom: string } | Assignment;
export type AccountRoleInput = RoleInput<UserRoleAssignmentRequest>;
export type OrganizationRoleInput = RoleInput<OrganizationRoleAssignmentRequest>;
export type SpaceRoleInput = RoleInput<SpaceRoleAssignmentRequest>;

type Loose<Name extends string> =
  Name | { readonly custom: string } | { type: "PREDEFINED"; name: Name } | { type: "CUSTOM"; id: string };
type Assigned<Name extends string> = { type: "PREDEFINED"; name: Name } | { type: "CUSTOM"; id: string };

/** The API's form of a role. Looks the name of a custom role up. */
export async function assignment<Name extends string>(
  context: ClientContext,
  role: Loose<Name>,
  options: CallOptions,
): Promise<Assigned<Name>> {
  if (typeof role === "string") return { type: "PREDEFINED", name: role };
  if ("custom" in role) return { type: "CUSTOM", id: await roleId(context, role.custom, options) };
  return role;
}
