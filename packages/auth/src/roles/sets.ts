import { levelOf, PERMISSIONS, type Permission } from "../permissions.js";
import type { AccountRole, OrganizationRole, ProjectRole, SpaceRole } from "./names.js";

const without = (permissions: readonly Permission[], ...left: Permission[]): Permission[] =>
  permissions.filter((permission) => !left.includes(permission));

const spaceLevel = PERMISSIONS.filter((permission) => levelOf(permission) === "space");
const organizationLevel = PERMISSIONS.filter((permission) => levelOf(permission) === "organization");

const spaceReadOnly = without(
  spaceLevel.filter((permission) => permission.endsWith("_READ")),
  "SERVICE_KEY_READ",
  "ROLE_BINDING_READ",
);
const spaceAnnotator = [...spaceReadOnly, ...spaceLevel.filter((permission) => permission.endsWith("_ANNOTATE"))];
/** Revoking one's own service keys needs no permission, so leaving `SERVICE_KEY_REVOKE` out takes only others' keys away. */
const spaceMember = without(
  spaceLevel,
  "SPACE_UPDATE",
  "SPACE_DELETE",
  "PROJECT_RESTRICT",
  "ROLE_BINDING_CREATE",
  "ROLE_BINDING_DELETE",
  "ROLE_BINDING_READ",
  "SERVICE_KEY_REVOKE",
);

const projectViewer: Permission[] = ["PROJECT_READ", "PROJECT_SPAN_READ", "PROJECT_EVAL_TASK_READ", "TRACE_VIEW_READ"];
const projectEditor: Permission[] = [
  ...projectViewer,
  "PROJECT_SPAN_CREATE",
  "PROJECT_SPAN_UPDATE",
  "PROJECT_SPAN_ANNOTATE",
  "PROJECT_EVAL_TASK_CREATE",
  "PROJECT_EVAL_TASK_UPDATE",
  "TRACE_VIEW_CREATE",
  "TRACE_VIEW_UPDATE",
  "PROJECT_UPDATE",
];
const projectAdmin: Permission[] = [
  ...projectEditor,
  "PROJECT_DELETE",
  "PROJECT_SPAN_DELETE",
  "PROJECT_EVAL_TASK_DELETE",
  "TRACE_VIEW_DELETE",
  "PROJECT_RESTRICT",
];

/** What each account role holds. A member sees people; which organizations they see, their organization roles say. */
export const ACCOUNT_SETS: Readonly<Record<AccountRole, ReadonlySet<Permission>>> = {
  ADMIN: new Set(PERMISSIONS),
  MEMBER: new Set<Permission>(["USER_READ"]),
  MEMBER_UI_ONLY: new Set<Permission>(["USER_READ"]),
  ANNOTATOR: new Set<Permission>(),
};

/** What each organization role holds on the organization itself; an admin holds everything in its spaces besides. */
export const ORGANIZATION_SETS: Readonly<Record<OrganizationRole, ReadonlySet<Permission>>> = {
  ADMIN: new Set([...organizationLevel, ...spaceLevel]),
  MEMBER: new Set<Permission>(["ORGANIZATION_READ", "SPACE_CREATE"]),
  READ_ONLY: new Set<Permission>(["ORGANIZATION_READ"]),
  ANNOTATOR: new Set<Permission>(["ORGANIZATION_READ"]),
};

export const SPACE_SETS: Readonly<Record<SpaceRole, ReadonlySet<Permission>>> = {
  ADMIN: new Set(spaceLevel),
  MEMBER: new Set(spaceMember),
  READ_ONLY: new Set(spaceReadOnly),
  ANNOTATOR: new Set(spaceAnnotator),
};

export const PROJECT_SETS: Readonly<Record<ProjectRole, ReadonlySet<Permission>>> = {
  VIEWER: new Set(projectViewer),
  EDITOR: new Set(projectEditor),
  ADMIN: new Set(projectAdmin),
};
