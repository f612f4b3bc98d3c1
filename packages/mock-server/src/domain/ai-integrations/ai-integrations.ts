import { formatTimestamp } from "@axlab/wire";
import type { AiIntegration, CreateAiIntegrationRequest, UpdateAiIntegrationRequest } from "@axlab/wire/rest";
import type { Caller } from "../../access/gate.js";
import type { IntegrationRow } from "../../store/tables/index.js";
import type { IntegrationListRequest, Integrations } from "../integrations/integrations.js";
import { llmSettingsOf, NEW_LLM_SETTINGS, requireMetadata, type LlmSettings } from "../integrations/llm-settings.js";
import { scopesOf } from "../integrations/scopes.js";
import type { Page } from "../paging.js";

/** Integrations of type LLM in the older form (`spec/rest.md §3.19`). Each call decides. */
export class AiIntegrations {
  constructor(private readonly integrations: Integrations) {}

  /** Newest first. */
  async list(caller: Caller, request: Omit<IntegrationListRequest, "type">): Promise<Page<IntegrationRow>> {
    return this.integrations.list(caller, { ...request, type: "LLM" });
  }

  /** @throws NotFoundError */
  async get(caller: Caller, id: string): Promise<IntegrationRow> {
    return this.integrations.get(caller, id, "LLM");
  }

  /** @throws ConflictError, NotFoundError, ForbiddenError, UnprocessableError for metadata that does not fit the provider */
  async create(caller: Caller, request: CreateAiIntegrationRequest): Promise<IntegrationRow> {
    const { name, scopings, ...given } = request;
    const config = merged({ ...NEW_LLM_SETTINGS, provider: request.provider }, given);
    requireMetadata(config);
    return this.integrations.create(caller, { type: "LLM", name, scopings, config });
  }

  /** @throws ConflictError, NotFoundError, ForbiddenError, UnprocessableError for metadata that does not fit the provider */
  async update(caller: Caller, row: IntegrationRow, changes: UpdateAiIntegrationRequest): Promise<IntegrationRow> {
    await this.integrations.requireChange(caller, row, "update");
    const { name, scopings, ...given } = changes;
    const config = merged(llmSettingsOf(row), given);
    requireMetadata(config);
    return this.integrations.update(caller, row, { name, scopings, config });
  }

  async delete(caller: Caller, row: IntegrationRow): Promise<void> {
    await this.integrations.delete(caller, row);
  }
}

/** What is given lies over what is there; of the key, only whether there is one. */
function merged(
  settings: LlmSettings,
  { api_key, ...given }: Omit<UpdateAiIntegrationRequest, "name" | "scopings">,
): LlmSettings {
  return {
    provider: given.provider ?? settings.provider,
    has_api_key: api_key === undefined ? settings.has_api_key : api_key !== null,
    base_url: given.base_url === undefined ? settings.base_url : given.base_url,
    model_names: given.model_names ?? settings.model_names,
    headers: given.headers === undefined ? settings.headers : given.headers,
    enable_default_models: given.enable_default_models ?? settings.enable_default_models,
    function_calling_enabled: given.function_calling_enabled ?? settings.function_calling_enabled,
    auth_type: given.auth_type ?? settings.auth_type,
    provider_metadata: given.provider_metadata === undefined ? settings.provider_metadata : given.provider_metadata,
  };
}

export const presentAiIntegration = (row: IntegrationRow): AiIntegration => ({
  id: row.id,
  name: row.name,
  ...llmSettingsOf(row),
  scopings: scopesOf(row),
  created_at: formatTimestamp(row.created_at),
  updated_at: formatTimestamp(row.updated_at),
  created_by_user_id: row.created_by_user_id,
});
