import { PERMISSIONS, type Permission } from "../permissions.js";
import type { RoleLevel, RolesByLevel } from "./names.js";
import { ACCOUNT_SETS, ORGANIZATION_SETS, PROJECT_SETS, SPACE_SETS } from "./sets.js";

/** A role that every account has and nobody can change: a named set of permissions at one level. */
export type ManagedRole = {
  [L in RoleLevel]: {
    /** unique over all levels, for example `SPACE_MEMBER` */
    readonly key: `${Uppercase<L>}_${RolesByLevel[L]}`;
    readonly level: L;
    readonly role: RolesByLevel[L];
    /** for people, for example `Space Member` */
    readonly name: string;
    readonly description: string;
    /** in the order of `PERMISSIONS` */
    readonly permissions: readonly Permission[];
  };
}[RoleLevel];

export type ManagedRoleKey = ManagedRole["key"];

const inOrder = (set: ReadonlySet<Permission>): readonly Permission[] =>
  Object.freeze(PERMISSIONS.filter((permission) => set.has(permission)));

/** The managed roles of `spec/access.md §4`, from the account down, the strongest of each level first. */
export const MANAGED_ROLES: readonly ManagedRole[] = Object.freeze<ManagedRole[]>([
  {
    key: "ACCOUNT_ADMIN",
    level: "account",
    role: "ADMIN",
    name: "Account Admin",
    description: "Administers the account: its people and roles, every organization and every space.",
    permissions: inOrder(ACCOUNT_SETS.ADMIN),
  },
  {
    key: "ACCOUNT_MEMBER",
    level: "account",
    role: "MEMBER",
    name: "Account Member",
    description: "Belongs to the account with developer access, and sees the organizations they are given a role in.",
    permissions: inOrder(ACCOUNT_SETS.MEMBER),
  },
  {
    key: "ACCOUNT_MEMBER_UI_ONLY",
    level: "account",
    role: "MEMBER_UI_ONLY",
    name: "Account Member - UI only",
    description: "Belongs to the account as a member does, without developer access.",
    permissions: inOrder(ACCOUNT_SETS.MEMBER_UI_ONLY),
  },
  {
    key: "ACCOUNT_ANNOTATOR",
    level: "account",
    role: "ANNOTATOR",
    name: "Account Annotator",
    description: "Only annotates, in the organizations and spaces they are given a role in.",
    permissions: inOrder(ACCOUNT_SETS.ANNOTATOR),
  },
  {
    key: "ORGANIZATION_ADMIN",
    level: "organization",
    role: "ADMIN",
    name: "Organization Admin",
    description: "Administers the organization, its members and every space in it.",
    permissions: inOrder(ORGANIZATION_SETS.ADMIN),
  },
  {
    key: "ORGANIZATION_MEMBER",
    level: "organization",
    role: "MEMBER",
    name: "Organization Member",
    description: "Reads the organization, creates spaces, and acts as Space Member in its public spaces.",
    permissions: inOrder(ORGANIZATION_SETS.MEMBER),
  },
  {
    key: "ORGANIZATION_READ_ONLY",
    level: "organization",
    role: "READ_ONLY",
    name: "Organization Read-Only",
    description: "Reads the organization, and acts as Space Read-Only in its public spaces.",
    permissions: inOrder(ORGANIZATION_SETS.READ_ONLY),
  },
  {
    key: "ORGANIZATION_ANNOTATOR",
    level: "organization",
    role: "ANNOTATOR",
    name: "Organization Annotator",
    description: "Reads the organization, and acts as Space Annotator in its public spaces.",
    permissions: inOrder(ORGANIZATION_SETS.ANNOTATOR),
  },
  {
    key: "SPACE_ADMIN",
    level: "space",
    role: "ADMIN",
    name: "Space Admin",
    description: "Does everything in the space, and administers the space itself and its members.",
    permissions: inOrder(SPACE_SETS.ADMIN),
  },
  {
    key: "SPACE_MEMBER",
    level: "space",
    role: "MEMBER",
    name: "Space Member",
    description: "Reads and writes everything in the space, without administering the space or its members.",
    permissions: inOrder(SPACE_SETS.MEMBER),
  },
  {
    key: "SPACE_READ_ONLY",
    level: "space",
    role: "READ_ONLY",
    name: "Space Read-Only",
    description: "Reads everything in the space.",
    permissions: inOrder(SPACE_SETS.READ_ONLY),
  },
  {
    key: "SPACE_ANNOTATOR",
    level: "space",
    role: "ANNOTATOR",
    name: "Space Annotator",
    description:
      "Reads everything in the space, and annotates dataset examples, experiment runs, spans and queue records.",
    permissions: inOrder(SPACE_SETS.ANNOTATOR),
  },
  {
    key: "PROJECT_ADMIN",
    level: "project",
    role: "ADMIN",
    name: "Project Admin",
    description: "Does everything in one project, and restricts or deletes it.",
    permissions: inOrder(PROJECT_SETS.ADMIN),
  },
  {
    key: "PROJECT_EDITOR",
    level: "project",
    role: "EDITOR",
    name: "Project Editor",
    description: "Reads and writes spans, evaluation tasks and trace views of one project.",
    permissions: inOrder(PROJECT_SETS.EDITOR),
  },
  {
    key: "PROJECT_VIEWER",
    level: "project",
    role: "VIEWER",
    name: "Project Viewer",
    description: "Reads one project with its spans, evaluation tasks and trace views.",
    permissions: inOrder(PROJECT_SETS.VIEWER),
  },
]);

const SETS: { readonly [L in RoleLevel]: Readonly<Record<RolesByLevel[L], ReadonlySet<Permission>>> } = {
  account: ACCOUNT_SETS,
  organization: ORGANIZATION_SETS,
  space: SPACE_SETS,
  project: PROJECT_SETS,
};

/** The permissions that a managed role holds at its own level. What it inherits or falls back to is `decide`'s part. */
export function permissionsOf<L extends RoleLevel>(level: L, role: RolesByLevel[L]): ReadonlySet<Permission> {
  return SETS[level][role];
}
