import type { Definitions } from "./definition.js";

export interface RoleRow {
  id: string;
  seq: number;
  /** "" for the managed roles, which every account has. */
  account_id: string;
  /** the managed role's key in `@axlab/auth`, else null */
  managed_key: string | null;
  name: string;
  description: string;
  permissions: string;
  created_at: number;
  updated_at: number;
  deleted_at: number | null;
}
export interface RoleBindingRow {
  id: string;
  seq: number;
  account_id: string;
  role_id: string;
  user_id: string;
  resource_type: "SPACE" | "PROJECT";
  resource_id: string;
  created_at: number;
  updated_at: number;
}
export interface ResourceRestrictionRow {
  project_id: string;
  seq: number;
  account_id: string;
  created_at: number;
}
export interface ApiKeyRow {
  id: string;
  seq: number;
  account_id: string;
  key_type: "USER" | "SERVICE";
  name: string;
  description: string | null;
  status: "ACTIVE" | "REVOKED";
  hash: string;
  redacted: string;
  /** who made it */
  created_by_user_id: string;
  /** whom it acts as: its maker for a user key, its bot user for a service key */
  user_id: string;
  created_at: number;
  expires_at: number | null;
  /** a refreshed key still authenticates until this instant */
  grace_until: number | null;
  last_used_at: number | null;
}
export interface AuditLogRow {
  id: string;
  seq: number;
  account_id: string;
  user_id: string;
  key_id: string | null;
  ip: string;
  operation_type: "QUERY" | "MUTATION" | "SUBSCRIPTION";
  operation_name: string | null;
  operation_text: string | null;
  variables: string | null;
  resource_id: string | null;
  /** "allowed", or the status that refused it */
  outcome: string;
  request_id: string;
  created_at: number;
}

export interface AccessTables {
  roles: RoleRow;
  role_bindings: RoleBindingRow;
  resource_restrictions: ResourceRestrictionRow;
  api_keys: ApiKeyRow;
  audit_logs: AuditLogRow;
}

export const ACCESS_TABLES: Definitions<AccessTables> = {
  roles: {
    columns: `
      id text, seq integer, account_id text, managed_key text?, name text, description text, permissions text,
      created_at integer, updated_at integer, deleted_at integer?`,
    key: ["id"],
    index: [["account_id", "seq"]],
  },
  role_bindings: {
    columns: `
      id text, seq integer, account_id text, role_id text, user_id text, resource_type text, resource_id text,
      created_at integer, updated_at integer`,
    key: ["id"],
    unique: [["user_id", "resource_id"]],
    index: [["account_id", "seq"], ["resource_id"], ["role_id"]],
  },
  resource_restrictions: {
    columns: `project_id text, seq integer, account_id text, created_at integer`,
    key: ["project_id"],
    index: [["account_id", "seq"]],
  },
  api_keys: {
    columns: `
      id text, seq integer, account_id text, key_type text, name text, description text?, status text,
      hash text, redacted text, created_by_user_id text, user_id text, created_at integer, expires_at integer?,
      grace_until integer?, last_used_at integer?`,
    key: ["id"],
    unique: [["hash"]],
    index: [["account_id", "seq"], ["user_id"], ["created_by_user_id"]],
  },
  audit_logs: {
    columns: `
      id text, seq integer, account_id text, user_id text, key_id text?, ip text, operation_type text,
      operation_name text?, operation_text text?, variables text?, resource_id text?, outcome text,
      request_id text, created_at integer`,
    key: ["id"],
    index: [["account_id", "created_at"]],
  },
};
