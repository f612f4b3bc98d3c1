export * from "./ai-integrations.js";
export * from "./annotation-configs.js";
export * from "./annotation-queues.js";
export * from "./api-keys.js";
export * from "./audit-logs.js";
export * from "./evaluators.js";
export * from "./integrations.js";
export * from "./organizations.js";
export * from "./projects.js";
export * from "./prompts.js";
export * from "./resource-restrictions.js";
export * from "./role-bindings.js";
export * from "./roles.js";
export * from "./spaces.js";
export * from "./spans.js";
export * from "./tasks.js";
export * from "./users.js";
export type {
  AccountRoleInput,
  ListInSpace,
  OrganizationRoleInput,
  RoleInput,
  SpaceRoleInput,
  TimeInput,
} from "./inputs.js";
