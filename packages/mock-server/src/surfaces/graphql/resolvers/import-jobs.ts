import { importSettingsOf, tableOf } from "../../../domain/import-jobs/settings.js";
import { spaceRef } from "../../../domain/locate.js";
import type { ImportJobRow, SpaceRow } from "../../../store/tables/index.js";
import { connection, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { checkedName, given } from "../input.js";
import { mutationOn, type Mutating } from "../mutation.js";
import { placeInProject, readable, requireAt } from "../places.js";
import { modelType } from "./models.js";

const jobs = (kind: ImportJobRow["kind"]) => async (row: SpaceRow, args: ConnectionArgs, context: GraphQLContext) => {
  await requireAt(context, "FILE_IMPORT_READ", spaceRef(row));
  const all = (await context.load.importJobsOfSpace.load(row.id)).filter((job) => job.kind === kind);
  const rows = await readable(context, all, "PROJECT_READ", placeInProject);
  const models = await Promise.all(rows.map(({ project_id }) => context.load.projects.load(project_id)));
  const named = rows.map((job, index) => ({ ...job, modelName: models[index]?.name ?? "" }));
  return connection(named, args, { texts: (job) => [String(job.seq), job.modelName] });
};

const modelOf = (row: ImportJobRow, { load }: GraphQLContext) => load.projects.load(row.project_id);

const common = {
  jobId: (row: ImportJobRow) => String(row.seq),
  jobStatus: (row: ImportJobRow) => row.status,
  createdAt: (row: ImportJobRow) => row.created_at,
  modelId: (row: ImportJobRow) => row.project_id,
  modelName: async (row: ImportJobRow, _: unknown, context: GraphQLContext) =>
    (await modelOf(row, context))?.name ?? "",
  async modelType(row: ImportJobRow, _: unknown, context: GraphQLContext) {
    const model = await modelOf(row, context);
    return model === null ? importSettingsOf(row).modelType : modelType(model);
  },
  modelVersion: (row: ImportJobRow) => importSettingsOf(row).modelVersion ?? null,
  modelEnvironmentName: (row: ImportJobRow) => importSettingsOf(row).environment,
  schema: (row: ImportJobRow) => importSettingsOf(row).schema,
  batchId: (row: ImportJobRow) => importSettingsOf(row).batchId ?? null,
};

/** Nothing that a job points at is read from here. */
const none = () => 0;

interface NewJob {
  spaceId: string;
  modelName: string;
  modelType: string;
  modelEnvironmentName: string;
  dryRun?: boolean | null;
  databricksTableConfig?: { token?: string | null } | null;
  clientMutationId?: string | null;
}

async function create(
  kind: ImportJobRow["kind"],
  { input, caller, domain, target }: Mutating<NewJob> & { target: SpaceRow },
) {
  const {
    spaceId: _,
    modelName,
    modelEnvironmentName,
    dryRun,
    clientMutationId: __,
    databricksTableConfig,
    ...rest
  } = input;
  const { token: ___, ...databricks } = databricksTableConfig ?? {};
  const settings = {
    ...given(rest),
    environment: modelEnvironmentName,
    ...(databricksTableConfig != null && { databricksTableConfig: given(databricks) }),
  };
  return domain.importJobs.create(
    caller,
    target,
    { kind, modelName: checkedName(modelName), settings },
    dryRun === true,
  );
}

/** The short id that people type, or the relay id. */
const idOf =
  (kind: "FileImportJob" | "TableImportJob") =>
  ({ jobId }: { jobId: string }): string =>
    /^\d+$/.test(jobId) ? btoa(`${kind}:${Number(jobId)}`) : jobId;

interface Change {
  jobId: string;
  jobStatus?: ImportJobRow["status"] | null;
  schema?: object;
  modelVersion?: string | null;
  tableIngestionParameters?: { refreshIntervalMinutes?: number | null; queryWindowSizeHours?: number | null } | null;
}

async function update({ input, domain, target }: Mutating<Change> & { target: ImportJobRow }): Promise<ImportJobRow> {
  const { refreshIntervalMinutes: minutes, queryWindowSizeHours: hours } = input.tableIngestionParameters ?? {};
  const changes = given({
    schema: input.schema,
    modelVersion: input.modelVersion,
    refreshIntervalSeconds: minutes == null ? undefined : minutes * 60,
    queryWindowSizeSeconds: hours == null ? undefined : hours * 3600,
  });
  return domain.importJobs.update(target, changes, input.jobStatus ?? undefined);
}

/** The five mutations of one kind of job. */
function mutations<K extends "fileImportJob" | "tableImportJob">(
  kind: ImportJobRow["kind"],
  on: K,
  type: "FileImportJob" | "TableImportJob",
) {
  const change = (
    verb: string,
    run: (mutating: Mutating<Change> & { target: ImportJobRow }) => Promise<ImportJobRow>,
  ) =>
    mutationOn<"fileImportJob" | "tableImportJob", Change>(
      `${verb}${type}`,
      {
        on,
        requirement: verb === "delete" ? "FILE_IMPORT_DELETE" : "FILE_IMPORT_UPDATE",
        read: "FILE_IMPORT_READ",
        id: idOf(type),
      },
      async (mutating) => {
        await requireAt(mutating.context, "PROJECT_READ", placeInProject(mutating.context, mutating.target));
        return { [on]: await run(mutating) };
      },
    );
  return {
    [`create${type}`]: mutationOn<"space", NewJob>(
      `create${type}`,
      { on: "space", requirement: "FILE_IMPORT_CREATE", id: ({ spaceId }) => spaceId },
      async (mutating) => ({ [on]: await create(kind, mutating) }),
    ),
    [`update${type}`]: change("update", update),
    [`start${type}`]: change("start", ({ domain, target }) => domain.importJobs.update(target, {}, "active")),
    [`pause${type}`]: change("pause", ({ domain, target }) => domain.importJobs.update(target, {}, "inactive")),
    [`delete${type}`]: change("delete", ({ domain, target }) => domain.importJobs.delete(target)),
  };
}

export const importJobResolvers = {
  Space: { importJobs: jobs("file"), tableJobs: jobs("table") },
  FileImportJob: {
    ...common,
    totalFilesPendingCount: none,
    totalFilesSuccessCount: none,
    totalFilesFailedCount: none,
    blobStore: (row: ImportJobRow) => importSettingsOf(row).blobStore,
    bucketName: (row: ImportJobRow) => importSettingsOf(row).bucketName,
    prefix: (row: ImportJobRow) => importSettingsOf(row).prefix,
  },
  TableImportJob: {
    ...common,
    totalQueriesPendingCount: none,
    totalQueriesSuccessCount: none,
    totalQueriesFailedCount: none,
    tableStore: (row: ImportJobRow) => importSettingsOf(row).tableStore,
    table: (row: ImportJobRow) => tableOf(importSettingsOf(row)).table,
    projectId: (row: ImportJobRow) => tableOf(importSettingsOf(row)).projectId,
    dataset: (row: ImportJobRow) => tableOf(importSettingsOf(row)).dataset,
    tableIngestionParameters: (row: ImportJobRow) => importSettingsOf(row),
  },
  Mutation: {
    ...mutations("file", "fileImportJob", "FileImportJob"),
    ...mutations("table", "tableImportJob", "TableImportJob"),
  },
};
