import { accountSdl } from "./schema/account.js";
import { annotationsSdl } from "./schema/annotations.js";
import { apiKeysSdl } from "./schema/api-keys.js";
import { coreSdl } from "./schema/core.js";
import { datasetsSdl } from "./schema/datasets.js";
import { dimensionsSdl } from "./schema/dimensions.js";
import { modelsSdl } from "./schema/models.js";
import { peopleSdl } from "./schema/people.js";
import { performanceSdl } from "./schema/performance.js";
import { spansSdl } from "./schema/spans.js";
import { customMetricsSdl } from "./schema/custom-metrics.js";
import { monitorsSdl } from "./schema/monitors.js";
import { monitorMutationsSdl } from "./schema/monitor-mutations.js";
import { alertIntegrationsSdl } from "./schema/alert-integrations.js";
import { dashboardsSdl } from "./schema/dashboards.js";
import { widgetsSdl } from "./schema/widgets.js";
import { widgetMutationsSdl } from "./schema/widget-mutations.js";
import { importJobsSdl } from "./schema/import-jobs.js";
import { importJobMutationsSdl } from "./schema/import-job-mutations.js";
import { promptsSdl } from "./schema/prompts.js";
import { promptMutationsSdl } from "./schema/prompt-mutations.js";
import { llmIntegrationsSdl } from "./schema/llm-integrations.js";
import { evaluatorsSdl } from "./schema/evaluators.js";
import { onlineTasksSdl } from "./schema/online-tasks.js";
import { tagsSdl } from "./schema/tags.js";
import { spacesSdl } from "./schema/spaces.js";

/** By subject, each with the fields that it adds to the types of others. */
const SUBJECTS: readonly string[] = [
  coreSdl,
  accountSdl,
  peopleSdl,
  apiKeysSdl,
  spacesSdl,
  modelsSdl,
  dimensionsSdl,
  datasetsSdl,
  annotationsSdl,
  performanceSdl,
  spansSdl,
  customMetricsSdl,
  monitorsSdl,
  monitorMutationsSdl,
  alertIntegrationsSdl,
  dashboardsSdl,
  widgetsSdl,
  widgetMutationsSdl,
  importJobsSdl,
  importJobMutationsSdl,
  promptsSdl,
  promptMutationsSdl,
  llmIntegrationsSdl,
  evaluatorsSdl,
  onlineTasksSdl,
  tagsSdl,
];

/** Every connection that a field names, in Relay's shape. */
function connectionsOf(sdl: string): string {
  const types = new Set([...sdl.matchAll(/\b(\w+)Connection\b/g)].map(([, type]) => type ?? ""));
  return [...types]
    .sort()
    .map(
      (type) => `type ${type}Connection {
  totalCount: Int
  pageInfo: PageInfo!
  edges: [${type}Edge!]!
}

type ${type}Edge {
  cursor: String!
  node: ${type}!
}
`,
    )
    .join("\n");
}

/** The schema part by part: the subjects, then their connections. */
export const GRAPHQL_SDL_PARTS: readonly string[] = [...SUBJECTS, connectionsOf(SUBJECTS.join("\n"))];

/** The whole schema as one document of type definitions and extensions. */
export const GRAPHQL_SDL: string = GRAPHQL_SDL_PARTS.join("\n");
