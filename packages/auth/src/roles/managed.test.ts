import { describe, expect, it } from "vitest";
import { levelOf, PERMISSIONS, type Permission } from "../permissions.js";
import { MANAGED_ROLES, permissionsOf } from "./managed.js";

const READ_ONLY: Permission[] = [
  "AI_PROVIDER_READ",
  "ANNOTATION_CONFIG_READ",
  "CUSTOM_METRIC_READ",
  "DASHBOARD_READ",
  "DATASET_READ",
  "DATASET_EXAMPLE_READ",
  "DATASET_VIEW_READ",
  "DATA_FABRIC_CONNECTOR_READ",
  "EVALUATOR_READ",
  "EXPERIMENT_READ",
  "EXPERIMENT_EVAL_TASK_READ",
  "EXPERIMENT_RUN_READ",
  "FILE_IMPORT_READ",
  "MANAGED_AGENT_READ",
  "ML_MODEL_READ",
  "MONITOR_READ",
  "PLAYGROUND_VIEW_READ",
  "PROJECT_READ",
  "PROJECT_EVAL_TASK_READ",
  "PROJECT_SPAN_READ",
  "PROMPT_READ",
  "PROMPT_OPTIMIZE_TASK_READ",
  "QUEUE_READ",
  "QUEUE_RECORD_READ",
  "REMOTE_ENDPOINT_INTEGRATION_READ",
  "SPACE_READ",
  "TAG_READ",
  "TRACE_VIEW_READ",
];
const ANNOTATE: Permission[] = [
  "DATASET_EXAMPLE_ANNOTATE",
  "EXPERIMENT_RUN_ANNOTATE",
  "PROJECT_SPAN_ANNOTATE",
  "QUEUE_RECORD_ANNOTATE",
];
/** What a space member may not do, of everything that lies in a space. */
const SPACE_ADMIN_ONLY: Permission[] = [
  "PROJECT_RESTRICT",
  "ROLE_BINDING_CREATE",
  "ROLE_BINDING_DELETE",
  "ROLE_BINDING_READ",
  "SERVICE_KEY_REVOKE",
  "SPACE_DELETE",
  "SPACE_UPDATE",
];
const VIEWER: Permission[] = ["PROJECT_READ", "PROJECT_EVAL_TASK_READ", "PROJECT_SPAN_READ", "TRACE_VIEW_READ"];
const EDITOR: Permission[] = [
  ...VIEWER,
  "PROJECT_UPDATE",
  "PROJECT_EVAL_TASK_CREATE",
  "PROJECT_EVAL_TASK_UPDATE",
  "PROJECT_SPAN_ANNOTATE",
  "PROJECT_SPAN_CREATE",
  "PROJECT_SPAN_UPDATE",
  "TRACE_VIEW_CREATE",
  "TRACE_VIEW_UPDATE",
];
const PROJECT_ADMIN: Permission[] = [
  ...EDITOR,
  "PROJECT_DELETE",
  "PROJECT_RESTRICT",
  "PROJECT_EVAL_TASK_DELETE",
  "PROJECT_SPAN_DELETE",
  "TRACE_VIEW_DELETE",
];
const ORGANIZATION: Permission[] = ["ORGANIZATION_DELETE", "ORGANIZATION_READ", "ORGANIZATION_UPDATE", "SPACE_CREATE"];
const inSpaces = PERMISSIONS.filter((permission) => levelOf(permission) === "space");

const EXPECTED: Record<string, Permission[]> = {
  ACCOUNT_ADMIN: [...PERMISSIONS],
  ACCOUNT_MEMBER: ["USER_READ"],
  ACCOUNT_MEMBER_UI_ONLY: ["USER_READ"],
  ACCOUNT_ANNOTATOR: [],
  ORGANIZATION_ADMIN: [...ORGANIZATION, ...inSpaces],
  ORGANIZATION_MEMBER: ["ORGANIZATION_READ", "SPACE_CREATE"],
  ORGANIZATION_READ_ONLY: ["ORGANIZATION_READ"],
  ORGANIZATION_ANNOTATOR: ["ORGANIZATION_READ"],
  SPACE_ADMIN: inSpaces,
  SPACE_MEMBER: inSpaces.filter((permission) => !SPACE_ADMIN_ONLY.includes(permission)),
  SPACE_READ_ONLY: READ_ONLY,
  SPACE_ANNOTATOR: [...READ_ONLY, ...ANNOTATE],
  PROJECT_ADMIN,
  PROJECT_EDITOR: EDITOR,
  PROJECT_VIEWER: VIEWER,
};

const NAMES: Record<string, string> = {
  ACCOUNT_ADMIN: "Account Admin",
  ACCOUNT_MEMBER: "Account Member",
  ACCOUNT_MEMBER_UI_ONLY: "Account Member - UI only",
  ACCOUNT_ANNOTATOR: "Account Annotator",
  ORGANIZATION_ADMIN: "Organization Admin",
  ORGANIZATION_MEMBER: "Organization Member",
  ORGANIZATION_READ_ONLY: "Organization Read-Only",
  ORGANIZATION_ANNOTATOR: "Organization Annotator",
  SPACE_ADMIN: "Space Admin",
  SPACE_MEMBER: "Space Member",
  SPACE_READ_ONLY: "Space Read-Only",
  SPACE_ANNOTATOR: "Space Annotator",
  PROJECT_ADMIN: "Project Admin",
  PROJECT_EDITOR: "Project Editor",
  PROJECT_VIEWER: "Project Viewer",
};

const sorted = (permissions: Iterable<Permission>) => [...permissions].sort();

describe("managed roles", () => {
  it("are these, from the account down", () => {
    expect(MANAGED_ROLES.map(({ key }) => key)).toEqual(Object.keys(EXPECTED));
  });

  it.each(MANAGED_ROLES)("$key holds what spec/access.md §4 says, in the order of PERMISSIONS", (role) => {
    expect(sorted(role.permissions)).toEqual(sorted(EXPECTED[role.key] ?? []));
    expect(role.permissions).toEqual(PERMISSIONS.filter((permission) => role.permissions.includes(permission)));
  });

  it.each(MANAGED_ROLES)("$key gives permissionsOf the same", (role) => {
    const set =
      role.level === "account"
        ? permissionsOf(role.level, role.role)
        : role.level === "project"
          ? permissionsOf(role.level, role.role)
          : permissionsOf(role.level, role.role);
    expect(sorted(set)).toEqual(sorted(role.permissions));
  });

  it.each(MANAGED_ROLES)(
    "$key is named after its level and role, and described",
    ({ key, level, role, name, description }) => {
      expect(key).toBe(`${level.toUpperCase()}_${role}`);
      expect(name).toBe(NAMES[key]);
      expect(description).toMatch(/^[A-Z].{10,}\.$/);
    },
  );

  it("are described each in its own words", () => {
    expect(new Set(MANAGED_ROLES.map(({ description }) => description)).size).toBe(MANAGED_ROLES.length);
  });

  it("cannot be changed", () => {
    expect(Object.isFrozen(MANAGED_ROLES)).toBe(true);
    for (const { permissions } of MANAGED_ROLES) expect(Object.isFrozen(permissions)).toBe(true);
  });
});
