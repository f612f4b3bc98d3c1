import type { Route } from "../pipeline.js";
import { userRoutes } from "./users.js";
import { roleRoutes } from "./roles.js";
import { roleBindingRoutes } from "./role-bindings.js";
import { resourceRestrictionRoutes } from "./resource-restrictions.js";
import { auditLogRoutes } from "./audit-logs.js";
import { apiKeyRoutes } from "./api-keys.js";
import { annotationConfigRoutes } from "./annotation-configs.js";
import { datasetExampleRoutes } from "./dataset-examples.js";
import { datasetRoutes } from "./datasets.js";
import { experimentRoutes } from "./experiments.js";
import { monitorRoutes } from "./monitors.js";
import { organizationRoutes } from "./organizations.js";
import { aiIntegrationRoutes } from "./ai-integrations.js";
import { annotationQueueRecordRoutes } from "./annotation-queue-records.js";
import { annotationQueueRoutes } from "./annotation-queues.js";
import { evaluatorRoutes } from "./evaluators.js";
import { integrationRoutes } from "./integrations.js";
import { taskRoutes } from "./tasks.js";
import { promptRoutes } from "./prompts.js";
import { promptVersionRoutes } from "./prompt-versions.js";
import { projectRoutes } from "./projects.js";
import { spaceRoutes } from "./spaces.js";
import { spanRoutes } from "./spans.js";

/** Everything REST v2 serves. A route that is not here does not exist. */
export const ROUTES: readonly Route[] = [
  ...organizationRoutes,
  ...spaceRoutes,
  ...projectRoutes,
  ...datasetRoutes,
  ...datasetExampleRoutes,
  ...experimentRoutes,
  ...annotationConfigRoutes,
  ...aiIntegrationRoutes,
  ...annotationQueueRoutes,
  ...annotationQueueRecordRoutes,
  ...evaluatorRoutes,
  ...integrationRoutes,
  ...taskRoutes,
  ...promptRoutes,
  ...promptVersionRoutes,
  ...spanRoutes,
  ...monitorRoutes,
  ...apiKeyRoutes,
  ...auditLogRoutes,
  ...resourceRestrictionRoutes,
  ...roleBindingRoutes,
  ...roleRoutes,
  ...userRoutes,
];
