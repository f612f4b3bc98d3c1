import type { Case } from "../case.js";
import { EVALUATOR_VERSION, fresh } from "../fixtures.js";
import { SPACES } from "../places.js";

export const evaluatorCases: Case[] = [
  { route: "GET /v2/evaluators", places: SPACES, item: "evaluator" },
  {
    route: "POST /v2/evaluators",
    places: SPACES,
    body: async (at) => ({ name: fresh(), space_id: at.spaceId, type: "CODE", version: EVALUATOR_VERSION }),
  },
  { route: "GET /v2/evaluators/{evaluator_id}", places: SPACES },
  { route: "PATCH /v2/evaluators/{evaluator_id}", places: SPACES, body: async () => ({ description: "d" }) },
  { route: "GET /v2/evaluators/{evaluator_id}/versions", places: SPACES },
  { route: "POST /v2/evaluators/{evaluator_id}/versions", places: SPACES, body: async () => EVALUATOR_VERSION },
  { route: "GET /v2/evaluator-versions/{version_id}", places: SPACES, params: { version_id: "evaluatorVersion" } },
  { route: "DELETE /v2/evaluators/{evaluator_id}", places: SPACES, spends: ["evaluator", "evaluatorVersion"] },
];
