import type { Definitions, Flag } from "./definition.js";

type MemberRole = "ADMIN" | "MEMBER" | "READ_ONLY" | "ANNOTATOR";

export interface AccountRow {
  id: string;
  seq: number;
  name: string;
  developer_lock: Flag;
  audit_enabled: Flag;
  created_at: number;
}
export interface UserRow {
  id: string;
  seq: number;
  account_id: string;
  kind: "human" | "bot";
  name: string;
  email: string | null;
  /** INACTIVE: removed from the account; never listed, never comes back. */
  status: "ACTIVE" | "INVITED" | "EXPIRED" | "INACTIVE";
  account_role: "ADMIN" | "MEMBER" | "MEMBER_UI_ONLY" | "ANNOTATOR";
  is_developer: Flag;
  invite_mode: string;
  invite_token_hash: string | null;
  invite_expires_at: number | null;
  password_hash: string | null;
  created_at: number;
  updated_at: number;
}
export interface OrganizationRow {
  id: string;
  seq: number;
  account_id: string;
  name: string;
  description: string;
  created_at: number;
  updated_at: number;
  /** null: made with the database, or before this was kept */
  created_by_user_id: string | null;
}
export interface SpaceRow {
  id: string;
  seq: number;
  account_id: string;
  organization_id: string;
  name: string;
  description: string;
  is_private: Flag;
  created_at: number;
  updated_at: number;
  /** the two colours beside its name; only GraphQL sets them */
  gradient_start_color: string | null;
  gradient_end_color: string | null;
  /** null: nobody has said */
  ml_models_enabled: Flag | null;
}
export interface OrganizationMemberRow {
  id: string;
  seq: number;
  organization_id: string;
  user_id: string;
  role: MemberRole;
  created_at: number;
}
export interface SpaceMemberRow {
  id: string;
  seq: number;
  space_id: string;
  user_id: string;
  /** null: the membership was given by a custom role, which stands in role_bindings. */
  role: MemberRole | null;
  created_at: number;
}

export interface PeopleTables {
  accounts: AccountRow;
  users: UserRow;
  organizations: OrganizationRow;
  spaces: SpaceRow;
  organization_members: OrganizationMemberRow;
  space_members: SpaceMemberRow;
}

export const PEOPLE_TABLES: Definitions<PeopleTables> = {
  accounts: {
    columns: `id text, seq integer, name text, developer_lock integer, audit_enabled integer, created_at integer`,
    key: ["id"],
  },
  users: {
    columns: `
      id text, seq integer, account_id text, kind text, name text, email text?, status text, account_role text,
      is_developer integer, invite_mode text, invite_token_hash text?, invite_expires_at integer?,
      password_hash text?, created_at integer, updated_at integer`,
    key: ["id"],
    unique: [["account_id", "email"]],
    index: [["account_id", "seq"]],
  },
  organizations: {
    columns: `
      id text, seq integer, account_id text, name text, description text, created_at integer,
      updated_at integer, created_by_user_id text?`,
    key: ["id"],
    unique: [["account_id", "name"]],
    index: [["account_id", "seq"]],
  },
  spaces: {
    columns: `
      id text, seq integer, account_id text, organization_id text, name text, description text,
      is_private integer, created_at integer, updated_at integer, gradient_start_color text?,
      gradient_end_color text?, ml_models_enabled integer?`,
    key: ["id"],
    unique: [["organization_id", "name"]],
    index: [["account_id", "seq"]],
  },
  organization_members: {
    columns: `id text, seq integer, organization_id text, user_id text, role text, created_at integer`,
    key: ["id"],
    unique: [["organization_id", "user_id"]],
    index: [["user_id"]],
  },
  space_members: {
    columns: `id text, seq integer, space_id text, user_id text, role text?, created_at integer`,
    key: ["id"],
    unique: [["space_id", "user_id"]],
    index: [["user_id"]],
  },
};
