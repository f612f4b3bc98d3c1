export { isPermission, levelOf, PERMISSIONS, type Permission, type PermissionLevel } from "./permissions.js";
export type { AccountRole, OrganizationRole, ProjectRole, RoleLevel, RolesByLevel, SpaceRole } from "./roles/names.js";
export { MANAGED_ROLES, permissionsOf, type ManagedRole, type ManagedRoleKey } from "./roles/managed.js";
export { roleExceeds } from "./roles/rank.js";
export type { Binding, Grants, Principal } from "./principal.js";
export {
  resourceId,
  type AccountRef,
  type OrganizationRef,
  type ProjectRef,
  type ResourceRef,
  type SpaceRef,
} from "./resource.js";
export { decide } from "./decision/decide.js";
export type { Allowed, Decision, Denied, Forbidden, GrantSource, Hidden, Requirement } from "./decision/types.js";
export { effectiveRole, permissionsOn } from "./decision/effective.js";
export {
  checkServiceKeyCeiling,
  type CeilingViolation,
  type CustomRoleGrant,
  type ServiceKeyGrants,
} from "./decision/ceiling.js";
export { explainDenial } from "./decision/explain.js";
export { deterministicKey, mintKey, type RandomBytes } from "./keys/mint.js";
export { isWellFormedKey, parseKey, type ParsedKey } from "./keys/format.js";
export { hashesEqual, hashKey } from "./keys/hash.js";
export { redactKey, redactSecrets } from "./keys/redact.js";
export { AuthError, RandomSourceError } from "./errors.js";
