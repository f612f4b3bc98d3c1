import { formatTimestamp } from "@axlab/wire";
import { PromptVersion, type Prompt } from "@axlab/wire/rest";
import type { PromptRow, PromptVersionRow } from "../../store/tables/index.js";
import { readStored } from "../rows.js";

export const presentPrompt = (row: PromptRow): Prompt => ({
  id: row.id,
  name: row.name,
  description: row.description,
  space_id: row.space_id,
  created_at: formatTimestamp(row.created_at),
  updated_at: formatTimestamp(row.updated_at),
  created_by_user_id: row.created_by_user_id,
});

export const presentPromptVersion = (row: PromptVersionRow, labels: readonly string[]): PromptVersion =>
  PromptVersion.parse({
    id: row.id,
    prompt_id: row.prompt_id,
    commit_hash: row.commit_hash,
    commit_message: row.commit_message,
    messages: readStored(row.messages),
    input_variable_format: row.input_variable_format,
    provider: row.provider,
    model: row.model,
    ...(row.invocation_params !== null && { invocation_params: readStored(row.invocation_params) }),
    ...(row.provider_params !== null && { provider_params: readStored(row.provider_params) }),
    created_at: formatTimestamp(row.created_at),
    created_by_user_id: row.created_by_user_id,
    labels,
  });
