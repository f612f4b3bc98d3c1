import type { ResourceRef, SpaceRef } from "@axlab/auth";
import { parseGlobalId, type GlobalIdType } from "@axlab/wire";
import { InvalidRequestError } from "../errors.js";
import type { Db } from "../store/store.js";
import type {
  AnnotationConfigRow,
  CustomMetricRow,
  DashboardRow,
  AnnotationQueueRow,
  DatasetRow,
  EvaluatorRow,
  EvaluatorVersionRow,
  ExperimentRow,
  ImportJobRow,
  MonitorRow,
  OrganizationRow,
  ProjectRow,
  PromptRow,
  PromptVersionRow,
  RoleBindingRow,
  SpaceRow,
  TagRow,
  TaskRow,
  TaskRunRow,
  UserRow,
} from "../store/tables/index.js";

/** What an id may stand for, and the row that is found under it. */
export interface Kinds {
  organization: OrganizationRow;
  space: SpaceRow;
  project: ProjectRow;
  dataset: DatasetRow;
  experiment: ExperimentRow;
  annotationConfig: AnnotationConfigRow;
  annotationQueue: AnnotationQueueRow;
  evaluator: EvaluatorRow;
  evaluatorVersion: EvaluatorVersionRow;
  task: TaskRow;
  taskRun: TaskRunRow;
  prompt: PromptRow;
  promptVersion: PromptVersionRow;
  monitor: MonitorRow;
  customMetric: CustomMetricRow;
  dashboard: DashboardRow;
  fileImportJob: ImportJobRow;
  tableImportJob: ImportJobRow;
  tag: TagRow;
  user: UserRow;
  roleBinding: RoleBindingRow;
}
export type Kind = keyof Kinds;

/** A row together with the place in the hierarchy at which access to it is decided. */
export interface Located<K extends Kind> {
  entity: Kinds[K];
  ref: ResourceRef;
}

const ID_TYPES: Record<Kind, readonly GlobalIdType[]> = {
  organization: ["Organization", "AccountOrganization"],
  space: ["Space"],
  project: ["Model"],
  dataset: ["Dataset"],
  experiment: ["Experiment"],
  annotationConfig: ["AnnotationConfig"],
  annotationQueue: ["AnnotationQueue"],
  evaluator: ["Evaluator"],
  evaluatorVersion: ["EvaluatorVersion"],
  task: ["OnlineTask"],
  taskRun: ["TaskRun"],
  prompt: ["Prompt"],
  promptVersion: ["PromptVersion"],
  monitor: ["Monitor"],
  customMetric: ["CustomMetric"],
  dashboard: ["Dashboard"],
  fileImportJob: ["FileImportJob"],
  tableImportJob: ["TableImportJob"],
  tag: ["Tag"],
  user: ["User"],
  roleBinding: ["RoleBinding"],
};

// boundary: the keys of a Record are its kinds
const KINDS = Object.keys(ID_TYPES) as Kind[];

/**
 * Finds what an id stands for; null when nothing does. Asks nothing about who may see it.
 * @throws InvalidRequestError when the id says that it is of another kind
 */
export async function locate<K extends Kind>(db: Db, kind: K, id: string): Promise<Located<K> | null> {
  expectIdOf(ID_TYPES[kind], kind, id);
  return FINDERS[kind](db, id);
}

/** Where access to whatever the id stands for is decided; null when it stands for nothing. Asks nothing about who may see it. */
export async function locateAny(db: Db, id: string): Promise<ResourceRef | null> {
  const type = parseGlobalId(id)?.type;
  const kind = KINDS.find((candidate) => ID_TYPES[candidate].some((known) => known === type));
  return kind === undefined ? null : ((await FINDERS[kind](db, id))?.ref ?? null);
}

/** @throws InvalidRequestError when the id says that it is of another kind; a text that is no id at all stands for nothing, which is another answer */
export function expectIdOf(types: readonly GlobalIdType[], kind: string, id: string): void {
  const parsed = parseGlobalId(id);
  if (parsed === null || types.some((type) => type === parsed.type)) return;
  throw new InvalidRequestError(`An id of ${kind} is needed here, and "${id}" is an id of ${parsed.type}.`);
}

type Finders = { [K in Kind]: (db: Db, id: string) => Promise<Located<K> | null> };

const FINDERS: Finders = {
  async organization(db, id) {
    const entity = await db.selectFrom("organizations").selectAll().where("id", "=", id).executeTakeFirst();
    return entity === undefined ? null : { entity, ref: organizationRef(entity) };
  },
  async space(db, id) {
    const entity = await db.selectFrom("spaces").selectAll().where("id", "=", id).executeTakeFirst();
    return entity === undefined ? null : { entity, ref: spaceRef(entity) };
  },
  async project(db, id) {
    const entity = await db.selectFrom("projects").selectAll().where("id", "=", id).executeTakeFirst();
    if (entity === undefined) return null;
    const [space, restriction] = await Promise.all([
      db.selectFrom("spaces").selectAll().where("id", "=", entity.space_id).executeTakeFirst(),
      db.selectFrom("resource_restrictions").select("project_id").where("project_id", "=", id).executeTakeFirst(),
    ]);
    return space === undefined ? null : { entity, ref: projectRef(entity, space, restriction !== undefined) };
  },
  async dataset(db, id) {
    const entity = await db.selectFrom("datasets").selectAll().where("id", "=", id).executeTakeFirst();
    return entity === undefined ? null : inSpace(db, entity);
  },
  async experiment(db, id) {
    const entity = await db.selectFrom("experiments").selectAll().where("id", "=", id).executeTakeFirst();
    return entity === undefined ? null : inSpace(db, entity);
  },
  async annotationConfig(db, id) {
    const entity = await db.selectFrom("annotation_configs").selectAll().where("id", "=", id).executeTakeFirst();
    return entity === undefined ? null : inSpace(db, entity);
  },
  async annotationQueue(db, id) {
    const entity = await db.selectFrom("annotation_queues").selectAll().where("id", "=", id).executeTakeFirst();
    return entity === undefined ? null : inSpace(db, entity);
  },
  async evaluator(db, id) {
    const entity = await db.selectFrom("evaluators").selectAll().where("id", "=", id).executeTakeFirst();
    return entity === undefined ? null : inSpace(db, entity);
  },
  async evaluatorVersion(db, id) {
    const entity = await db.selectFrom("evaluator_versions").selectAll().where("id", "=", id).executeTakeFirst();
    const evaluator = entity && (await FINDERS.evaluator(db, entity.evaluator_id));
    return entity && evaluator ? { entity, ref: evaluator.ref } : null;
  },
  /** Decided on its project, or on its dataset. */
  async task(db, id) {
    const entity = await db.selectFrom("tasks").selectAll().where("id", "=", id).executeTakeFirst();
    if (entity === undefined) return null;
    const source =
      entity.project_id === null
        ? await FINDERS.dataset(db, entity.dataset_id ?? "")
        : await FINDERS.project(db, entity.project_id);
    return source === null ? null : { entity, ref: source.ref };
  },
  async taskRun(db, id) {
    const entity = await db.selectFrom("task_runs").selectAll().where("id", "=", id).executeTakeFirst();
    const task = entity && (await FINDERS.task(db, entity.task_id));
    return entity && task ? { entity, ref: task.ref } : null;
  },
  async prompt(db, id) {
    const entity = await db.selectFrom("prompts").selectAll().where("id", "=", id).executeTakeFirst();
    return entity === undefined ? null : inSpace(db, entity);
  },
  async promptVersion(db, id) {
    const entity = await db.selectFrom("prompt_versions").selectAll().where("id", "=", id).executeTakeFirst();
    const prompt = entity && (await FINDERS.prompt(db, entity.prompt_id));
    return entity && prompt ? { entity, ref: prompt.ref } : null;
  },
  async monitor(db, id) {
    const entity = await db.selectFrom("monitors").selectAll().where("id", "=", id).executeTakeFirst();
    return entity === undefined ? null : inProject(db, entity);
  },
  async customMetric(db, id) {
    const entity = await db.selectFrom("custom_metrics").selectAll().where("id", "=", id).executeTakeFirst();
    return entity === undefined ? null : inProject(db, entity);
  },
  async dashboard(db, id) {
    const entity = await db.selectFrom("dashboards").selectAll().where("id", "=", id).executeTakeFirst();
    return entity === undefined ? null : inSpace(db, entity);
  },
  async tag(db, id) {
    const entity = await db.selectFrom("tags").selectAll().where("id", "=", id).executeTakeFirst();
    return entity === undefined ? null : inSpace(db, entity);
  },
  fileImportJob: importJob,
  tableImportJob: importJob,
  /** Decided on what it is bound on. */
  async roleBinding(db, id) {
    const entity = await db.selectFrom("role_bindings").selectAll().where("id", "=", id).executeTakeFirst();
    if (entity === undefined) return null;
    const bound = await FINDERS[entity.resource_type === "SPACE" ? "space" : "project"](db, entity.resource_id);
    return bound === null ? null : { entity, ref: bound.ref };
  },
  async user(db, id) {
    const entity = await db
      .selectFrom("users")
      .selectAll()
      .where("id", "=", id)
      .where("kind", "=", "human")
      .executeTakeFirst();
    return entity === undefined ? null : { entity, ref: { type: "account", accountId: entity.account_id } };
  },
};

/** A job that was deleted is not found any more. */
async function importJob(db: Db, id: string): Promise<{ entity: ImportJobRow; ref: ResourceRef } | null> {
  const entity = await db
    .selectFrom("import_jobs")
    .selectAll()
    .where("id", "=", id)
    .where("status", "!=", "deleted")
    .executeTakeFirst();
  return entity === undefined ? null : inSpace(db, entity);
}

/** What belongs to a model is decided on where the model is. */
async function inProject<E extends { project_id: string }>(
  db: Db,
  entity: E,
): Promise<{ entity: E; ref: ResourceRef } | null> {
  const project = await FINDERS.project(db, entity.project_id);
  return project && { entity, ref: project.ref };
}

async function inSpace<E extends { space_id: string }>(
  db: Db,
  entity: E,
): Promise<{ entity: E; ref: ResourceRef } | null> {
  const space = await db.selectFrom("spaces").selectAll().where("id", "=", entity.space_id).executeTakeFirst();
  return space === undefined ? null : { entity, ref: spaceRef(space) };
}

export const accountRef = (accountId: string): ResourceRef => ({ type: "account", accountId });

export const organizationRef = (row: Pick<OrganizationRow, "id" | "account_id">): ResourceRef => ({
  type: "organization",
  accountId: row.account_id,
  organizationId: row.id,
});

export const spaceRef = (row: Pick<SpaceRow, "id" | "account_id" | "organization_id" | "is_private">): SpaceRef => ({
  type: "space",
  accountId: row.account_id,
  organizationId: row.organization_id,
  spaceId: row.id,
  isPrivate: row.is_private === 1,
});

export const projectRef = (
  row: Pick<ProjectRow, "id" | "account_id">,
  space: Pick<SpaceRow, "id" | "organization_id" | "is_private">,
  restricted: boolean,
): ResourceRef => ({
  type: "project",
  accountId: row.account_id,
  organizationId: space.organization_id,
  spaceId: space.id,
  isPrivate: space.is_private === 1,
  projectId: row.id,
  isRestricted: restricted,
});
