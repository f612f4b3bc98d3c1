import type { Case } from "../case.js";
import { fresh, PROMPT_VERSION } from "../fixtures.js";
import { SPACES } from "../places.js";

const params = { version_id: "promptVersion", label_name: "promptLabel" } as const;

export const promptCases: Case[] = [
  { route: "GET /v2/prompts", places: SPACES, item: "prompt" },
  {
    route: "POST /v2/prompts",
    places: SPACES,
    body: async (at) => ({ name: fresh(), space_id: at.spaceId, version: PROMPT_VERSION }),
  },
  { route: "GET /v2/prompts/{prompt_id}", places: SPACES },
  { route: "PATCH /v2/prompts/{prompt_id}", places: SPACES, body: async () => ({ description: "d" }) },
  { route: "GET /v2/prompts/{prompt_id}/labels/{label_name}", places: SPACES, params },
  { route: "GET /v2/prompts/{prompt_id}/versions", places: SPACES },
  { route: "POST /v2/prompts/{prompt_id}/versions", places: SPACES, body: async () => PROMPT_VERSION },
  { route: "GET /v2/prompt-versions/{version_id}", places: SPACES, params },
  {
    route: "PUT /v2/prompt-versions/{version_id}/labels",
    places: SPACES,
    params,
    body: async () => ({ labels: [fresh()] }),
    spends: ["promptLabel"],
  },
  {
    route: "DELETE /v2/prompt-versions/{version_id}/labels/{label_name}",
    places: SPACES,
    params,
    spends: ["promptLabel"],
  },
  { route: "DELETE /v2/prompts/{prompt_id}", places: SPACES, spends: ["prompt", "promptVersion", "promptLabel"] },
];
