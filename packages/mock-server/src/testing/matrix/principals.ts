import type { AccountRole, OrganizationRole, Permission, ProjectRole, SpaceRole } from "@axlab/auth";

/** Somebody the matrix asks for: what they were given in the account, in the own organization and in the own space. */
export interface Subject {
  /** the column's head */
  code: string;
  title: string;
  key: "USER" | "SERVICE";
  account: AccountRole;
  organization?: OrganizationRole;
  space?: SpaceRole | "CUSTOM";
  /** bound on the own space's projects, the restricted one too */
  project?: ProjectRole;
}

/** The custom role's permissions. */
export const CUSTOM_ROLE: readonly Permission[] = [
  "SPACE_READ",
  "DATASET_READ",
  "DATASET_CREATE",
  "DATASET_EXAMPLE_READ",
  "PROJECT_READ",
  "SERVICE_KEY_READ",
  "ROLE_BINDING_CREATE",
];

const user = (code: string, title: string, account: AccountRole, rest: Partial<Subject> = {}): Subject => ({
  code,
  title,
  key: "USER",
  account,
  ...rest,
});
const service = (code: string, title: string, rest: Partial<Subject> = {}): Subject => ({
  code,
  title,
  key: "SERVICE",
  account: "MEMBER",
  organization: "READ_ONLY",
  space: "READ_ONLY",
  ...rest,
});

/** Every managed role at its level, a custom role, and service keys. */
export const SUBJECTS: readonly Subject[] = [
  user("AA", "account Admin", "ADMIN"),
  user("AM", "account Member, nothing below", "MEMBER"),
  user("AU", "account Member – UI only with developer access, nothing below", "MEMBER_UI_ONLY"),
  user("AN", "account Annotator with developer access, nothing below", "ANNOTATOR"),
  user("OA", "organization Admin", "MEMBER", { organization: "ADMIN" }),
  user("OM", "organization Member", "MEMBER", { organization: "MEMBER" }),
  user("OR", "organization Read-Only", "MEMBER", { organization: "READ_ONLY" }),
  user("ON", "organization Annotator", "ANNOTATOR", { organization: "ANNOTATOR" }),
  user("SA", "space Admin, organization Read-Only", "MEMBER", { organization: "READ_ONLY", space: "ADMIN" }),
  user("SM", "space Member, organization Read-Only", "MEMBER", { organization: "READ_ONLY", space: "MEMBER" }),
  user("SR", "space Read-Only, organization Member", "MEMBER", { organization: "MEMBER", space: "READ_ONLY" }),
  user("SN", "space Annotator", "ANNOTATOR", { organization: "ANNOTATOR", space: "ANNOTATOR" }),
  user("PA", "Project Admin, organization Read-Only", "MEMBER", { organization: "READ_ONLY", project: "ADMIN" }),
  user("PE", "Project Editor, organization Read-Only", "MEMBER", { organization: "READ_ONLY", project: "EDITOR" }),
  user("PV", "Project Viewer, organization Read-Only", "MEMBER", { organization: "READ_ONLY", project: "VIEWER" }),
  user("C", "the custom role in the space, organization Member", "MEMBER", { organization: "MEMBER", space: "CUSTOM" }),
  service("kA", "service key, account Admin", { account: "ADMIN" }),
  service("kO", "service key, organization Admin", { organization: "ADMIN" }),
  service("kS", "service key, space Admin", { space: "ADMIN" }),
  service("kM", "service key, space Member", { space: "MEMBER" }),
  service("kR", "service key, space Read-Only, organization Member", { organization: "MEMBER" }),
  service("kC", "service key, the custom role in the space", { space: "CUSTOM" }),
];
