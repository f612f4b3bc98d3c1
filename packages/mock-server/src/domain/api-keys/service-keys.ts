import { checkServiceKeyCeiling, type CeilingViolation, type SpaceRole } from "@axlab/auth";
import type { BotUser, CreateServiceApiKeyRequest, SpaceRoleAssignment } from "@axlab/wire/rest";
import type { z } from "zod";
import type { Caller } from "../../access/gate.js";
import { permissionsOfRole } from "../../access/principals.js";
import type { Core } from "../../core.js";
import { UnprocessableError } from "../../errors.js";
import type { OrganizationMemberRow, RoleRow, UserRow } from "../../store/tables/index.js";
import { locate } from "../locate.js";
import { bindableRole } from "../role-bindings/rules.js";

type Request = z.output<typeof CreateServiceApiKeyRequest>;

/** A service key's roles, all of which its maker may give. */
export interface ServiceKeyPlan {
  accountRole: Exclude<UserRow["account_role"], "MEMBER_UI_ONLY">;
  organizations: {
    id: string;
    role: OrganizationMemberRow["role"];
    spaces: { id: string; isPrivate: boolean; role: SpaceRole | RoleRow }[];
  }[];
}

/**
 * Checks what a service key is asked to hold (`spec/access.md §3`): what it covers exists and is seen by its maker, who holds
 * SERVICE_KEY_CREATE in every space; and no role is above the maker's own.
 * @throws NotFoundError, ForbiddenError, UnprocessableError with the field
 */
export async function planServiceKey(core: Core, caller: Caller, request: Request): Promise<ServiceKeyPlan> {
  const plan: ServiceKeyPlan = { accountRole: predefined("account_role", request.account_role), organizations: [] };
  for (const [index, organization] of request.organizations.entries()) {
    const field = `organizations[${index}]`;
    const role = predefined(`${field}.role`, organization.role);
    const found = await locate(core.store.db, "organization", organization.org_id);
    core.gate.require(caller, "ORGANIZATION_READ", found?.ref ?? null);
    const spaces: ServiceKeyPlan["organizations"][number]["spaces"] = [];
    for (const [at, space] of organization.spaces.entries())
      spaces.push(await planSpace(core, caller, `${field}.spaces[${at}]`, organization.org_id, space));
    plan.organizations.push({ id: organization.org_id, role, spaces });
  }
  const [violation] = checkServiceKeyCeiling(caller.principal, grantsOf(plan));
  if (violation !== undefined) throw new UnprocessableError(explainViolation(violation, plan));
  return plan;
}

async function planSpace(
  core: Core,
  caller: Caller,
  field: string,
  organizationId: string,
  { space_id, role }: Request["organizations"][number]["spaces"][number],
) {
  const found = await locate(core.store.db, "space", space_id);
  core.gate.require(caller, "SERVICE_KEY_CREATE", found?.ref ?? null);
  if (found?.entity.organization_id !== organizationId)
    throw new UnprocessableError(
      `${field}.space_id: ${space_id} is not a space of the organization ${organizationId} under which it is listed.`,
    );
  const given =
    role.type === "PREDEFINED"
      ? role.name
      : await bindableRole(core.store.db, caller.principal.accountId, role.id, "SPACE");
  return { id: space_id, isPrivate: found.entity.is_private === 1, role: given };
}

function predefined<Name extends string>(
  field: string,
  role: { type: "PREDEFINED"; name: Name } | { type: "CUSTOM" },
): Name {
  if (role.type === "PREDEFINED") return role.name;
  throw new UnprocessableError(
    `${field}: a service key can have custom roles in spaces only; choose a predefined role here.`,
  );
}

const grantsOf = ({ accountRole, organizations }: ServiceKeyPlan) => ({
  accountRole,
  organizations: organizations.map(({ id, role, spaces }) => ({
    organizationId: id,
    role,
    spaces: spaces.map((space) => ({
      spaceId: space.id,
      isPrivate: space.isPrivate,
      role:
        typeof space.role === "string"
          ? space.role
          : { roleId: space.role.id, permissions: permissionsOfRole(space.role) },
    })),
  })),
});

function explainViolation(
  { level, id, granted, own, problem, lacking }: CeilingViolation,
  { organizations }: ServiceKeyPlan,
): string {
  const field = level === "account" ? "account_role" : fieldOf(level, id, organizations);
  if (problem === "annotator")
    return `${field}: a service key can never be an ANNOTATOR; choose another role at the level of the ${level}.`;
  const yours =
    own === null
      ? `you have no role in this ${level} yourself`
      : `your own role at the level of the ${level} is ${own}`;
  if (lacking.length > 0)
    return `${field}: the role ${granted} holds ${lacking.slice(0, 5).join(", ")}${lacking.length > 5 ? ` and ${lacking.length - 5} more` : ""}, which you lack on ${id}: ${yours}.`;
  return `${field}: ${granted} is above what you may give at the level of the ${level}: ${yours}.`;
}

function fieldOf(level: "organization" | "space", id: string, organizations: ServiceKeyPlan["organizations"]): string {
  for (const [index, organization] of organizations.entries()) {
    if (level === "organization" && organization.id === id) return `organizations[${index}].role`;
    const at = organization.spaces.findIndex((space) => space.id === id);
    if (level === "space" && at >= 0) return `organizations[${index}].spaces[${at}].role`;
  }
  return level;
}

/** The bot user as answered, with every role filled in. */
export const presentBot = (
  bot: Pick<UserRow, "id" | "name">,
  { accountRole, organizations }: ServiceKeyPlan,
): BotUser => ({
  id: bot.id,
  name: bot.name,
  account_role: { type: "PREDEFINED", name: accountRole },
  organizations: organizations.map(({ id, role, spaces }) => ({
    org_id: id,
    role: { type: "PREDEFINED", name: role },
    spaces: spaces.map((space) => ({ space_id: space.id, role: presentSpaceRole(space.role) })),
  })),
});

const presentSpaceRole = (role: SpaceRole | RoleRow): SpaceRoleAssignment =>
  typeof role === "string" ? { type: "PREDEFINED", name: role } : { type: "CUSTOM", id: role.id, name: role.name };
