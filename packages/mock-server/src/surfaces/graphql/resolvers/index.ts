import { mergeResolvers } from "./merge.js";
import { accountResolvers } from "./account.js";
import { alertIntegrationResolvers } from "./alert-integrations.js";
import { annotationResolvers } from "./annotations.js";
import { apiKeyResolvers } from "./api-keys.js";
import { customMetricResolvers } from "./custom-metrics.js";
import { dashboardResolvers } from "./dashboards.js";
import { datasetResolvers } from "./datasets.js";
import { enums } from "./enums.js";
import { evaluatorResolvers } from "./evaluators.js";
import { importJobResolvers } from "./import-jobs.js";
import { modelResolvers } from "./models.js";
import { monitorMutations } from "./monitor-mutations.js";
import { monitorResolvers } from "./monitors.js";
import { nodeResolvers } from "./node.js";
import { onlineTaskResolvers } from "./online-tasks.js";
import { peopleResolvers } from "./people.js";
import { performanceResolvers } from "./performance.js";
import { promptMutations } from "./prompt-mutations.js";
import { promptResolvers } from "./prompts.js";
import { scalars } from "./scalars.js";
import { spaceResolvers } from "./spaces.js";
import { spanResolvers } from "./spans.js";
import { tagResolvers } from "./tags.js";
import { widgetResolvers } from "./widgets.js";

/** Every subject's resolvers; several subjects add fields to one type, as their SDL does. */
export const resolvers = mergeResolvers([
  scalars,
  enums,
  nodeResolvers,
  accountResolvers,
  peopleResolvers,
  apiKeyResolvers,
  spaceResolvers,
  modelResolvers,
  datasetResolvers,
  annotationResolvers,
  performanceResolvers,
  spanResolvers,
  customMetricResolvers,
  monitorResolvers,
  monitorMutations,
  alertIntegrationResolvers,
  dashboardResolvers,
  widgetResolvers,
  importJobResolvers,
  promptResolvers,
  promptMutations,
  evaluatorResolvers,
  onlineTaskResolvers,
  tagResolvers,
]);
