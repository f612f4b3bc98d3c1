import type { Definitions } from "./definition.js";

export interface PromptRow {
  id: string;
  seq: number;
  account_id: string;
  space_id: string;
  name: string;
  description: string | null;
  /** JSON: string[]; only GraphQL reads and writes them */
  tags: string;
  created_by_user_id: string;
  created_at: number;
  updated_at: number;
}
export interface PromptVersionRow {
  id: string;
  seq: number;
  prompt_id: string;
  commit_hash: string;
  commit_message: string;
  /** JSON: LlmMessage[] */
  messages: string;
  input_variable_format: "F_STRING" | "MUSTACHE" | "NONE";
  provider: "OPEN_AI" | "AZURE_OPEN_AI" | "AWS_BEDROCK" | "VERTEX_AI" | "ANTHROPIC" | "CUSTOM";
  /** "" when none was given */
  model: string;
  /** JSON object; null when none were given */
  invocation_params: string | null;
  provider_params: string | null;
  created_by_user_id: string;
  created_at: number;
}
/** A label points at one version of a prompt. */
export interface PromptLabelRow {
  prompt_id: string;
  name: string;
  version_id: string;
}

export interface PromptsTables {
  prompts: PromptRow;
  prompt_versions: PromptVersionRow;
  prompt_labels: PromptLabelRow;
}

export const PROMPTS_TABLES: Definitions<PromptsTables> = {
  prompts: {
    columns: `
      id text, seq integer, account_id text, space_id text, name text, description text?, tags text,
      created_by_user_id text, created_at integer, updated_at integer`,
    key: ["id"],
    unique: [["space_id", "name"]],
    index: [["space_id", "updated_at", "seq"]],
  },
  prompt_versions: {
    columns: `
      id text, seq integer, prompt_id text, commit_hash text, commit_message text, messages text,
      input_variable_format text, provider text, model text, invocation_params text?, provider_params text?,
      created_by_user_id text, created_at integer`,
    key: ["id"],
    index: [["prompt_id", "seq"]],
  },
  prompt_labels: {
    columns: `prompt_id text, name text, version_id text`,
    key: ["prompt_id", "name"],
    index: [["version_id"]],
  },
};
