import DataLoader from "dataloader";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import type { Db } from "../../store/store.js";

/** SQLite takes 32 766 values in a statement. */
const MOST_KEYS = 1000;

type ById<Row> = DataLoader<string, Row | null>;
type ByOwner<Row> = DataLoader<string, Row[]>;

/** Rows by id: all that are asked for in one turn are read in one statement. */
function byId<Row extends { id: string }>(read: (ids: readonly string[]) => Promise<Row[]>): ById<Row> {
  return new DataLoader(
    async (ids) => {
      const rows = new Map((await read(ids)).map((row) => [row.id, row]));
      return ids.map((id) => rows.get(id) ?? null);
    },
    { maxBatchSize: MOST_KEYS },
  );
}

/** Rows by what they belong to, in the order in which `read` gives them. */
function byOwner<Row>(
  read: (owners: readonly string[]) => Promise<Row[]>,
  ownerOf: (row: Row) => string,
): ByOwner<Row> {
  return new DataLoader(
    async (owners) => {
      const rows = new Map<string, Row[]>(owners.map((owner) => [owner, []]));
      for (const row of await read(owners)) rows.get(ownerOf(row))?.push(row);
      return owners.map((owner) => rows.get(owner) ?? []);
    },
    { maxBatchSize: MOST_KEYS },
  );
}

const spaceOf = (row: { space_id: string }): string => row.space_id;

const entities = (db: Db) => ({
  accounts: byId((ids) => db.selectFrom("accounts").selectAll().where("id", "in", ids).execute()),
  organizations: byId((ids) => db.selectFrom("organizations").selectAll().where("id", "in", ids).execute()),
  spaces: byId((ids) => db.selectFrom("spaces").selectAll().where("id", "in", ids).execute()),
  projects: byId((ids) => db.selectFrom("projects").selectAll().where("id", "in", ids).execute()),
  datasets: byId((ids) => db.selectFrom("datasets").selectAll().where("id", "in", ids).execute()),
  datasetVersions: byId((ids) => db.selectFrom("dataset_versions").selectAll().where("id", "in", ids).execute()),
  experiments: byId((ids) => db.selectFrom("experiments").selectAll().where("id", "in", ids).execute()),
  annotationConfigs: byId((ids) => db.selectFrom("annotation_configs").selectAll().where("id", "in", ids).execute()),
  users: byId((ids) => db.selectFrom("users").selectAll().where("id", "in", ids).execute()),
  apiKeys: byId((ids) => db.selectFrom("api_keys").selectAll().where("id", "in", ids).execute()),
  customRoles: byId((ids) =>
    db.selectFrom("roles").selectAll().where("id", "in", ids).where("deleted_at", "is", null).execute(),
  ),
});

const people = (db: Db) => ({
  organizationMembers: byOwner(
    (ids) =>
      db.selectFrom("organization_members").selectAll().where("organization_id", "in", ids).orderBy("seq").execute(),
    (row) => row.organization_id,
  ),
  spaceMembers: byOwner(
    (ids) => db.selectFrom("space_members").selectAll().where("space_id", "in", ids).orderBy("seq").execute(),
    spaceOf,
  ),
  accountAdmins: byOwner(
    (ids) =>
      db
        .selectFrom("users")
        .selectAll()
        .where("account_id", "in", ids)
        .where("account_role", "=", "ADMIN")
        .where("status", "=", "ACTIVE")
        .orderBy("seq")
        .execute(),
    (row) => row.account_id,
  ),
  bindings: byOwner(
    (ids) => db.selectFrom("role_bindings").selectAll().where("resource_id", "in", ids).orderBy("seq").execute(),
    (row) => row.resource_id,
  ),
  serviceKeysOfSpace: byOwner(
    (ids) =>
      db
        .selectFrom("api_keys")
        .innerJoin("space_members", "space_members.user_id", "api_keys.user_id")
        .selectAll("api_keys")
        .select("space_members.space_id")
        .where("space_members.space_id", "in", ids)
        .where("key_type", "=", "SERVICE")
        .orderBy("api_keys.seq")
        .execute(),
    spaceOf,
  ),
});

const contents = (db: Db) => ({
  spacesOfOrganization: byOwner(
    (ids) => db.selectFrom("spaces").selectAll().where("organization_id", "in", ids).orderBy("seq").execute(),
    (row) => row.organization_id,
  ),
  projectsOfSpace: byOwner(
    (ids) => db.selectFrom("projects").selectAll().where("space_id", "in", ids).orderBy("seq").execute(),
    spaceOf,
  ),
  datasetsOfSpace: byOwner(
    (ids) => db.selectFrom("datasets").selectAll().where("space_id", "in", ids).orderBy("seq").execute(),
    spaceOf,
  ),
  versionsOfDataset: byOwner(
    (ids) => db.selectFrom("dataset_versions").selectAll().where("dataset_id", "in", ids).orderBy("seq").execute(),
    (row) => row.dataset_id,
  ),
  experimentsOfSpace: byOwner(
    (ids) => db.selectFrom("experiments").selectAll().where("space_id", "in", ids).orderBy("seq").execute(),
    spaceOf,
  ),
  experimentsOfDataset: byOwner(
    (ids) => db.selectFrom("experiments").selectAll().where("dataset_id", "in", ids).orderBy("seq").execute(),
    (row) => row.dataset_id ?? "",
  ),
  tags: byId((ids) => db.selectFrom("tags").selectAll().where("id", "in", ids).execute()),
  tagsOfSpace: byOwner(
    (ids) => db.selectFrom("tags").selectAll().where("space_id", "in", ids).orderBy("seq").execute(),
    spaceOf,
  ),
  /** of datasets and experiments */
  tagsOf: byOwner(
    (ids) =>
      db
        .selectFrom("tag_links")
        .innerJoin("tags", "tags.id", "tag_links.tag_id")
        .selectAll("tags")
        .select("tag_links.owner_id")
        .where("tag_links.owner_id", "in", ids)
        .orderBy("tags.seq")
        .execute(),
    (row) => row.owner_id,
  ),
  annotationConfigsOfSpace: byOwner(
    (ids) => db.selectFrom("annotation_configs").selectAll().where("space_id", "in", ids).orderBy("seq").execute(),
    spaceOf,
  ),
});

const hub = (db: Db) => ({
  prompts: byId((ids) => db.selectFrom("prompts").selectAll().where("id", "in", ids).execute()),
  promptVersions: byId((ids) => db.selectFrom("prompt_versions").selectAll().where("id", "in", ids).execute()),
  evaluators: byId((ids) => db.selectFrom("evaluators").selectAll().where("id", "in", ids).execute()),
  promptsOfSpace: byOwner(
    (ids) => db.selectFrom("prompts").selectAll().where("space_id", "in", ids).orderBy("seq").execute(),
    spaceOf,
  ),
  versionsOfPrompt: byOwner(
    (ids) => db.selectFrom("prompt_versions").selectAll().where("prompt_id", "in", ids).orderBy("seq").execute(),
    (row) => row.prompt_id,
  ),
  labelsOfVersion: byOwner(
    (ids) => db.selectFrom("prompt_labels").selectAll().where("version_id", "in", ids).orderBy("name").execute(),
    (row) => row.version_id,
  ),
  evaluatorsOfSpace: byOwner(
    (ids) => db.selectFrom("evaluators").selectAll().where("space_id", "in", ids).orderBy("seq").execute(),
    spaceOf,
  ),
  tasks: byId((ids) => db.selectFrom("tasks").selectAll().where("id", "in", ids).execute()),
  tasksOfSpace: byOwner(
    (ids) => db.selectFrom("tasks").selectAll().where("space_id", "in", ids).orderBy("seq").execute(),
    spaceOf,
  ),
  versionsOfEvaluator: byOwner(
    (ids) => db.selectFrom("evaluator_versions").selectAll().where("evaluator_id", "in", ids).orderBy("seq").execute(),
    (row) => row.evaluator_id,
  ),
});

const observability = (db: Db) => ({
  customMetrics: byId((ids) => db.selectFrom("custom_metrics").selectAll().where("id", "in", ids).execute()),
  monitors: byId((ids) => db.selectFrom("monitors").selectAll().where("id", "in", ids).execute()),
  alertIntegrations: byId((ids) => db.selectFrom("alert_integrations").selectAll().where("id", "in", ids).execute()),
  dashboards: byId((ids) => db.selectFrom("dashboards").selectAll().where("id", "in", ids).execute()),
  widgets: byId((ids) => db.selectFrom("widgets").selectAll().where("id", "in", ids).execute()),
  importJobs: byId((ids) =>
    db.selectFrom("import_jobs").selectAll().where("id", "in", ids).where("status", "!=", "deleted").execute(),
  ),
  customMetricsOfModel: byOwner(
    (ids) => db.selectFrom("custom_metrics").selectAll().where("project_id", "in", ids).orderBy("seq").execute(),
    (row) => row.project_id,
  ),
  monitorsOfModel: byOwner(
    (ids) => db.selectFrom("monitors").selectAll().where("project_id", "in", ids).orderBy("seq").execute(),
    (row) => row.project_id,
  ),
  alertIntegrationsOfOrganization: byOwner(
    (ids) =>
      db.selectFrom("alert_integrations").selectAll().where("organization_id", "in", ids).orderBy("seq").execute(),
    (row) => row.organization_id,
  ),
  dashboardsOfSpace: byOwner(
    (ids) => db.selectFrom("dashboards").selectAll().where("space_id", "in", ids).orderBy("seq").execute(),
    spaceOf,
  ),
  widgetsOfDashboard: byOwner(
    (ids) => db.selectFrom("widgets").selectAll().where("dashboard_id", "in", ids).orderBy("seq").execute(),
    (row) => row.dashboard_id,
  ),
  importJobsOfSpace: byOwner(
    (ids) =>
      db
        .selectFrom("import_jobs")
        .selectAll()
        .where("space_id", "in", ids)
        .where("status", "!=", "deleted")
        .orderBy("seq")
        .execute(),
    spaceOf,
  ),
});

export type Loaders = ReturnType<typeof createLoaders>;

/**
 * One request's reads. A row is read once, and the same question about many rows is one statement, so that a page of a hundred
 * spaces with their models costs as many reads as a page of one.
 */
export function createLoaders({ store: { db } }: Core, { principal }: Caller) {
  let restricted: Promise<ReadonlySet<string>> | undefined;
  return {
    ...entities(db),
    ...people(db),
    ...contents(db),
    ...hub(db),
    ...observability(db),
    /** the restricted projects of the caller's account */
    restricted: (): Promise<ReadonlySet<string>> =>
      (restricted ??= db
        .selectFrom("resource_restrictions")
        .select("project_id")
        .where("account_id", "=", principal.accountId)
        .execute()
        .then((rows) => new Set(rows.map((row) => row.project_id)))),
  };
}
