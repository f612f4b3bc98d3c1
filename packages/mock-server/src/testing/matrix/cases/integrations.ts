import type { Requirement } from "@axlab/auth";
import type { Case } from "../case.js";
import { AGENT_CONFIG, fresh, scopedTo } from "../fixtures.js";
import { SPACES } from "../places.js";

/** The integrations asked about are seen in one space, so that everything is decided there. */
const llm = (requirement: Requirement) => ({ requirement, on: "space", read: "AI_PROVIDER_READ" }) as const;

export const aiIntegrationCases: Case[] = [
  { route: "GET /v2/ai-integrations", places: SPACES, item: "aiIntegration" },
  {
    route: "POST /v2/ai-integrations",
    places: SPACES,
    body: async (at) => ({ name: fresh(), provider: "OPEN_AI", scopings: [scopedTo(at)] }),
    decides: { requirement: "LLM_INTEGRATION_CREATE", on: "space" },
  },
  {
    route: "GET /v2/ai-integrations/{integration_id}",
    places: SPACES,
    decides: { ...llm("AI_PROVIDER_READ"), hidden: true },
  },
  {
    route: "PATCH /v2/ai-integrations/{integration_id}",
    places: SPACES,
    body: async () => ({ api_key: fresh() }),
    decides: llm("LLM_INTEGRATION_UPDATE"),
  },
  {
    route: "DELETE /v2/ai-integrations/{integration_id}",
    places: SPACES,
    decides: llm("LLM_INTEGRATION_DELETE"),
    spends: ["aiIntegration"],
  },
];

const agent = (requirement: Requirement) =>
  ({ requirement, on: "space", read: "REMOTE_ENDPOINT_INTEGRATION_READ" }) as const;
const agentId = { integration_id: "agentIntegration" } as const;

export const integrationCases: Case[] = [
  { route: "GET /v2/integrations", places: SPACES, item: "agentIntegration" },
  {
    route: "POST /v2/integrations",
    label: "agent",
    places: SPACES,
    body: async (at) => ({ type: "AGENT", name: fresh(), scopings: [scopedTo(at)], config: AGENT_CONFIG }),
    decides: { requirement: "REMOTE_ENDPOINT_INTEGRATION_CREATE", on: "space" },
  },
  {
    route: "POST /v2/integrations",
    label: "LLM",
    places: SPACES,
    body: async (at) => ({
      type: "LLM",
      name: fresh(),
      scopings: [scopedTo(at)],
      config: { provider: "GEMINI", api_key: fresh() },
    }),
    decides: { requirement: "LLM_INTEGRATION_CREATE", on: "space" },
  },
  {
    route: "GET /v2/integrations/{integration_id}",
    label: "agent",
    places: SPACES,
    params: agentId,
    decides: { ...agent("REMOTE_ENDPOINT_INTEGRATION_READ"), hidden: true },
  },
  {
    route: "PATCH /v2/integrations/{integration_id}",
    label: "agent",
    places: SPACES,
    params: agentId,
    body: async () => ({ type: "AGENT", description: "d" }),
    decides: agent("REMOTE_ENDPOINT_INTEGRATION_UPDATE"),
  },
  {
    route: "PATCH /v2/integrations/{integration_id}",
    label: "LLM",
    places: SPACES,
    body: async () => ({ type: "LLM", config: { is_function_calling_enabled: false } }),
    decides: llm("LLM_INTEGRATION_UPDATE"),
  },
  {
    route: "DELETE /v2/integrations/{integration_id}",
    label: "agent",
    places: SPACES,
    params: agentId,
    decides: agent("REMOTE_ENDPOINT_INTEGRATION_DELETE"),
    spends: ["agentIntegration"],
  },
];
