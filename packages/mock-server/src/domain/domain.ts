import type { Core } from "../core.js";
import type { Journal } from "../lab/journal.js";
import { Annotations } from "./annotations/annotations.js";
import { AnnotationConfigs } from "./annotations/configs.js";
import { Accounts } from "./accounts/accounts.js";
import { ApiKeys } from "./api-keys/api-keys.js";
import { AuditLog } from "./audit.js";
import { ExampleChanges } from "./datasets/changes.js";
import { CustomMetrics } from "./custom-metrics/custom-metrics.js";
import { Dashboards } from "./dashboards/dashboards.js";
import { ImportJobs } from "./import-jobs/import-jobs.js";
import { AlertIntegrations } from "./monitors/alert-integrations.js";
import { Monitors } from "./monitors/monitors.js";
import { Datasets } from "./datasets/datasets.js";
import { Experiments } from "./experiments/experiments.js";
import { OrganizationMembers } from "./members/organization-members.js";
import { SpaceMembers } from "./members/space-members.js";
import { KeyDecisions } from "./key-decisions/key-decisions.js";
import { Organizations } from "./organizations/organizations.js";
import { Records } from "./records/records.js";
import { QueueRecordPresenter } from "./annotation-queues/present.js";
import { AnnotationQueues } from "./annotation-queues/queues.js";
import { AnnotationQueueRecords } from "./annotation-queues/records.js";
import { TaskExecutor } from "./tasks/execute.js";
import { TaskRuns } from "./tasks/runs.js";
import { Tags } from "./tags/tags.js";
import { Tasks } from "./tasks/tasks.js";
import { AiIntegrations } from "./ai-integrations/ai-integrations.js";
import { Evaluators } from "./evaluators/evaluators.js";
import { TypedIntegrations } from "./integrations/typed-integrations.js";
import { Integrations } from "./integrations/integrations.js";
import { PromptLabels } from "./prompts/labels.js";
import { Prompts } from "./prompts/prompts.js";
import { Projects } from "./projects/projects.js";
import { Requests } from "./requests/requests.js";
import { Restrictions } from "./restrictions/restrictions.js";
import { RoleBindings } from "./role-bindings/role-bindings.js";
import { Roles } from "./roles/roles.js";
import { Spans } from "./spans/spans.js";
import { Spaces } from "./spaces/spaces.js";
import { Invitations } from "./users/invitations.js";
import { Users } from "./users/users.js";

/** Every resource's rules, over one core. */
export interface Domain {
  core: Core;
  audit: AuditLog;
  accounts: Accounts;
  users: Users;
  invitations: Invitations;
  apiKeys: ApiKeys;
  keyDecisions: KeyDecisions;
  requests: Requests;
  roles: Roles;
  roleBindings: RoleBindings;
  restrictions: Restrictions;
  organizationMembers: OrganizationMembers;
  spaceMembers: SpaceMembers;
  organizations: Organizations;
  spaces: Spaces;
  projects: Projects;
  datasets: Datasets;
  examples: ExampleChanges;
  experiments: Experiments;
  records: Records;
  spans: Spans;
  annotations: Annotations;
  annotationConfigs: AnnotationConfigs;
  prompts: Prompts;
  integrations: Integrations;
  typedIntegrations: TypedIntegrations;
  aiIntegrations: AiIntegrations;
  evaluators: Evaluators;
  tasks: Tasks;
  taskRuns: TaskRuns;
  annotationQueues: AnnotationQueues;
  queueRecords: AnnotationQueueRecords;
  queueRecordPresenter: QueueRecordPresenter;
  promptLabels: PromptLabels;
  customMetrics: CustomMetrics;
  monitors: Monitors;
  alertIntegrations: AlertIntegrations;
  dashboards: Dashboards;
  importJobs: ImportJobs;
  tags: Tags;
}

export function createDomain(core: Core, journal: Journal): Domain {
  const records = new Records(core);
  const annotations = new Annotations(core);
  const spans = new Spans(core, records, annotations);
  const integrations = new Integrations(core);
  const aiIntegrations = new AiIntegrations(integrations);
  const evaluators = new Evaluators(core, aiIntegrations);
  const tasks = new Tasks(core, evaluators, aiIntegrations, integrations);
  return {
    core,
    audit: new AuditLog(core),
    accounts: new Accounts(core),
    users: new Users(core),
    invitations: new Invitations(core),
    apiKeys: new ApiKeys(core),
    keyDecisions: new KeyDecisions(core),
    requests: new Requests(core, journal),
    roles: new Roles(core),
    roleBindings: new RoleBindings(core),
    restrictions: new Restrictions(core),
    organizationMembers: new OrganizationMembers(core),
    spaceMembers: new SpaceMembers(core),
    organizations: new Organizations(core),
    spaces: new Spaces(core),
    projects: new Projects(core),
    datasets: new Datasets(core),
    examples: new ExampleChanges(core),
    experiments: new Experiments(core),
    records,
    spans,
    annotations,
    annotationConfigs: new AnnotationConfigs(core),
    prompts: new Prompts(core),
    integrations,
    typedIntegrations: new TypedIntegrations(core, integrations),
    aiIntegrations,
    evaluators,
    tasks,
    taskRuns: new TaskRuns(core, tasks, new TaskExecutor(core, evaluators, spans)),
    annotationQueues: new AnnotationQueues(core),
    queueRecords: new AnnotationQueueRecords(core, spans, annotations),
    queueRecordPresenter: new QueueRecordPresenter(core, spans, annotations),
    promptLabels: new PromptLabels(core),
    customMetrics: new CustomMetrics(core),
    monitors: new Monitors(core, records),
    alertIntegrations: new AlertIntegrations(core),
    dashboards: new Dashboards(core),
    importJobs: new ImportJobs(core),
    tags: new Tags(core),
  };
}
