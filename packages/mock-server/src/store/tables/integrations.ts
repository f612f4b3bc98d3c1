import type { Definitions } from "./definition.js";

/** A connection to something outside: the provider of models, or an agent. It belongs to the account, and is seen where its scopings say. */
export interface IntegrationRow {
  id: string;
  /** one count over both types, so that they have one order */
  seq: number;
  account_id: string;
  type: "LLM" | "AGENT";
  name: string;
  description: string | null;
  /** JSON: {organization_id, space_id}[]; none is account-wide */
  scopings: string;
  /** JSON of what only this type has. Never a secret: that a key or a header is configured is kept, its value is not */
  config: string;
  created_by_user_id: string;
  created_at: number;
  updated_at: number;
}

export interface IntegrationsTables {
  integrations: IntegrationRow;
}

export const INTEGRATIONS_TABLES: Definitions<IntegrationsTables> = {
  integrations: {
    columns: `
      id text, seq integer, account_id text, type text, name text, description text?, scopings text, config text,
      created_by_user_id text, created_at integer, updated_at integer`,
    key: ["id"],
    unique: [["account_id", "type", "name"]],
    index: [["account_id", "seq"]],
  },
};
