import { formatTimestamp } from "@axlab/wire";
import type { Integration } from "@axlab/wire/rest";
import type { IntegrationRow } from "../../store/tables/index.js";
import { agentSettingsOf, presentAgentConfig } from "./agent-config.js";
import { presentLlmConfig } from "./llm-config.js";
import { llmSettingsOf } from "./llm-settings.js";
import { scopesOf } from "./scopes.js";

export function presentIntegration(row: IntegrationRow): Integration {
  const common = {
    id: row.id,
    name: row.name,
    scopings: scopesOf(row),
    created_at: formatTimestamp(row.created_at),
    updated_at: formatTimestamp(row.updated_at),
    created_by_user_id: row.created_by_user_id,
  };
  if (row.type === "LLM") return { ...common, type: "LLM", config: presentLlmConfig(llmSettingsOf(row)) };
  return { ...common, type: "AGENT", description: row.description, config: presentAgentConfig(agentSettingsOf(row)) };
}
