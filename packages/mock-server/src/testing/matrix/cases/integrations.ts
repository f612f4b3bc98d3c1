import type { Requirement } from "@axlab/auth";
import type { Case } from "../cases.js";
import { fresh, scopedTo } from "../fixtures.js";
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
