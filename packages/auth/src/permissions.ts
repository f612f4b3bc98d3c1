/** Every resource of AX that a permission can name, and what can be done to it (`spec/rest.md §3.6`, 132 permissions). */
const ACTIONS = {
  AI_PROVIDER: ["READ"],
  ALYX: ["RUN"],
  ANNOTATION_CONFIG: ["CREATE", "DELETE", "READ", "UPDATE"],
  CUSTOM_METRIC: ["CREATE", "DELETE", "READ", "UPDATE"],
  DASHBOARD: ["CREATE", "DELETE", "READ", "UPDATE"],
  DATASET: ["CREATE", "DELETE", "READ", "UPDATE"],
  DATASET_EXAMPLE: ["ANNOTATE", "CREATE", "DELETE", "READ", "UPDATE"],
  DATASET_VIEW: ["CREATE", "DELETE", "READ", "UPDATE"],
  DATA_FABRIC_CONNECTOR: ["CREATE", "DELETE", "READ", "UPDATE"],
  EVALUATOR: ["CREATE", "DELETE", "READ", "UPDATE"],
  EXPERIMENT: ["CREATE", "DELETE", "READ", "UPDATE"],
  EXPERIMENT_EVAL_TASK: ["CREATE", "DELETE", "READ", "UPDATE"],
  EXPERIMENT_RUN: ["ANNOTATE", "READ"],
  FILE_IMPORT: ["CREATE", "DELETE", "READ", "UPDATE"],
  LLM_INTEGRATION: ["CREATE", "DELETE", "UPDATE"],
  MANAGED_AGENT: ["CREATE", "DELETE", "READ", "UPDATE"],
  ML_MODEL: ["CREATE", "DELETE", "READ", "UPDATE"],
  MONITOR: ["CREATE", "DELETE", "READ", "TRIGGER", "UPDATE"],
  ORGANIZATION: ["CREATE", "DELETE", "READ", "UPDATE"],
  PLAYGROUND: ["RUN"],
  PLAYGROUND_VIEW: ["CREATE", "DELETE", "READ", "UPDATE"],
  PROJECT: ["CREATE", "DELETE", "READ", "RESTRICT", "UPDATE"],
  PROJECT_EVAL_TASK: ["CREATE", "DELETE", "READ", "UPDATE"],
  PROJECT_SPAN: ["ANNOTATE", "CREATE", "DELETE", "READ", "UPDATE"],
  PROMPT: ["CREATE", "DELETE", "READ", "UPDATE"],
  PROMPT_OPTIMIZE_TASK: ["CREATE", "DELETE", "READ", "UPDATE"],
  QUEUE: ["CREATE", "DELETE", "READ", "UPDATE"],
  QUEUE_RECORD: ["ANNOTATE", "CREATE", "DELETE", "READ", "UPDATE"],
  REMOTE_ENDPOINT_INTEGRATION: ["CREATE", "DELETE", "READ", "UPDATE"],
  ROLE_BINDING: ["CREATE", "DELETE", "READ"],
  SERVICE_KEY: ["CREATE", "READ", "REVOKE"],
  SPACE: ["CREATE", "DELETE", "READ", "UPDATE"],
  TAG: ["CREATE", "DELETE", "READ", "UPDATE"],
  TRACE_VIEW: ["CREATE", "DELETE", "READ", "UPDATE"],
  USER: ["CREATE", "DELETE", "READ", "UPDATE"],
  USER_PERMISSION: ["UPDATE"],
} as const;

type Actions = typeof ACTIONS;

/** `{RESOURCE}_{ACTION}`, for example `DATASET_CREATE`. */
export type Permission = { [R in keyof Actions]: `${R}_${Actions[R][number]}` }[keyof Actions];

/** All permissions in the order of the documents. */
export const PERMISSIONS: readonly Permission[] = Object.freeze(
  Object.entries(ACTIONS).flatMap(([resource, actions]) =>
    // boundary: the same joining that the type `Permission` does over the same table
    actions.map((action) => `${resource}_${action}` as Permission),
  ),
);

const KNOWN: ReadonlySet<unknown> = new Set(PERMISSIONS);

/** Whether a value of any origin is the exact name of a permission. */
export function isPermission(value: unknown): value is Permission {
  return KNOWN.has(value);
}

/** Where in the hierarchy a permission is held: what a role of that level can give. */
export type PermissionLevel = "account" | "organization" | "space";

const ABOVE_SPACES: ReadonlyMap<Permission, PermissionLevel> = new Map<Permission, PermissionLevel>([
  ["ORGANIZATION_CREATE", "account"],
  ["USER_CREATE", "account"],
  ["USER_DELETE", "account"],
  ["USER_READ", "account"],
  ["USER_UPDATE", "account"],
  ["USER_PERMISSION_UPDATE", "account"],
  ["ORGANIZATION_DELETE", "organization"],
  ["ORGANIZATION_READ", "organization"],
  ["ORGANIZATION_UPDATE", "organization"],
  ["SPACE_CREATE", "organization"],
]);

/** People and organizations belong to the account, spaces to an organization, everything else to a space. */
export function levelOf(permission: Permission): PermissionLevel {
  return ABOVE_SPACES.get(permission) ?? "space";
}
