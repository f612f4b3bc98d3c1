import { Project } from "@axlab/wire/rest";
import { traced } from "../../otlp.js";
import { configName, projectAt, type Case } from "../case.js";
import type { Fixtures } from "../fixtures.js";
import { PROJECTS } from "../places.js";
import type { Place } from "../stage.js";

const SPAN_ID = "00f067aa0ba902b7";

async function spanAt(at: Fixtures, place: Place): Promise<string> {
  const { name, space_id } = (await at.admin.get(`/v2/projects/${await projectAt(at, place)}`)).read(Project);
  await traced(at.admin, space_id, name, [{ spanId: SPAN_ID, at: Date.now() - 60_000 }]);
  return SPAN_ID;
}

const list = async (at: Fixtures, place: Place) => ({ project_id: await projectAt(at, place) });

export const spanCases: Case[] = [
  { route: "POST /v2/spans", places: PROJECTS, body: list },
  { route: "POST /v2/traces", places: PROJECTS, body: list },
  {
    route: "DELETE /v2/spans",
    places: PROJECTS,
    body: async (at, place) => ({ ...(await list(at, place)), span_ids: [SPAN_ID] }),
  },
  {
    route: "POST /v2/spans/annotate",
    places: PROJECTS,
    body: async (at, place) => ({
      ...(await list(at, place)),
      annotations: [{ record_id: await spanAt(at, place), values: [{ name: await configName(at), text: "t" }] }],
    }),
  },
];
