import { sql, type Kysely } from "kysely";
import type { Tables } from "./tables.js";

interface Definition {
  /** `name type, …`: text, integer or blob; "?" may be null. What a column means stands in tables.ts. */
  columns: string;
  key: string[];
  unique?: string[][];
  index?: string[][];
}

const TABLES: Record<keyof Tables, Definition> = {
  meta: {
    columns: `key text, value text`,
    key: ["key"],
  },
  counters: {
    columns: `type text, next integer`,
    key: ["type"],
  },
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
      updated_at integer`,
    key: ["id"],
    unique: [["account_id", "name"]],
    index: [["account_id", "seq"]],
  },
  spaces: {
    columns: `
      id text, seq integer, account_id text, organization_id text, name text, description text,
      is_private integer, created_at integer, updated_at integer`,
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
  projects: {
    columns: `
      id text, seq integer, account_id text, space_id text, name text, model_type text, created_at integer,
      updated_at integer`,
    key: ["id"],
    unique: [["space_id", "name"]],
    index: [["account_id", "seq"]],
  },
  datasets: {
    columns: `id text, seq integer, account_id text, space_id text, name text, created_at integer, updated_at integer`,
    key: ["id"],
    unique: [["space_id", "name"]],
    index: [["account_id", "seq"]],
  },
  dataset_versions: {
    columns: `id text, seq integer, dataset_id text, name text, columns text, created_at integer, updated_at integer`,
    key: ["id"],
    index: [["dataset_id", "seq"]],
  },
  dataset_examples: {
    columns: `version_id text, example_id text, position integer, data text, created_at integer, updated_at integer`,
    key: ["version_id", "example_id"],
    unique: [["version_id", "position"]],
  },
  experiments: {
    columns: `
      id text, seq integer, account_id text, space_id text, dataset_id text?, dataset_version_id text?,
      scope_id text, name text, traces_project_id text?, created_at integer, updated_at integer`,
    key: ["id"],
    unique: [["scope_id", "name"]],
    index: [
      ["space_id", "seq"],
      ["dataset_id", "seq"],
    ],
  },
  experiment_runs: {
    columns: `experiment_id text, run_id text, position integer, example_id text?, data text, created_at integer`,
    key: ["experiment_id", "run_id"],
    unique: [["experiment_id", "position"]],
  },
  annotations: {
    columns: `record text, name text, score integer?, label text?, text text?, annotator_id text, updated_at integer`,
    key: ["record", "name"],
  },
  annotation_configs: {
    columns: `
      id text, seq integer, account_id text, space_id text, name text, type text, settings text,
      created_at integer`,
    key: ["id"],
    unique: [["space_id", "name"]],
    index: [["account_id", "seq"]],
  },
  record_uploads: {
    columns: `
      id text, seq integer, account_id text, space_id text, project_id text, environment text, kind text,
      time_rank integer, model_version text?, batch_id text?, state text, rows integer, bytes integer,
      schema text, arrow_schema blob, min_time integer?, max_time integer?, key_id text?, received_at integer`,
    key: ["id"],
    index: [["project_id", "environment", "seq"]],
  },
  record_batches: {
    columns: `
      upload_id text, ordinal integer, rows integer, min_time integer, max_time integer, keys blob?,
      header blob, body blob`,
    key: ["upload_id", "ordinal"],
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

/** Names of columns that hold fractions, which PostgreSQL wants told apart from whole numbers. */
const FRACTIONS = new Set(["annotations.score"]);

/** Creates what is missing; running it again changes nothing. */
export async function createSchema(db: Kysely<Tables>, dialect: "sqlite" | "postgres"): Promise<void> {
  const typeOf = (table: string, column: string, definition: string): string => {
    const type = definition.replace("?", "");
    if (FRACTIONS.has(`${table}.${column}`)) return dialect === "sqlite" ? "real" : "double precision";
    return dialect === "sqlite" ? type : ({ integer: "bigint", blob: "bytea" }[type] ?? type);
  };
  for (const [table, { columns, key, unique = [], index = [] }] of Object.entries(TABLES)) {
    const lines = columns.split(",").map((definition) => {
      const [column = "", type = ""] = definition.trim().split(" ");
      return `"${column}" ${typeOf(table, column, type)}${type.endsWith("?") ? "" : " not null"}`;
    });
    lines.push(`primary key (${quoted(key)})`);
    await sql.raw(`create table if not exists "${table}" (${lines.join(", ")})`).execute(db);
    for (const [kind, sets] of [
      ["unique index", unique],
      ["index", index],
    ] as const) {
      for (const set of sets) {
        await sql
          .raw(`create ${kind} if not exists "${table}_${set.join("_")}" on "${table}" (${quoted(set)})`)
          .execute(db);
      }
    }
  }
}

const quoted = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(", ");
