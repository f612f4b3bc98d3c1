import { explainZodError } from "@axlab/wire";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { InvalidRequestError } from "../../errors.js";
import type { ImportJobRow, SpaceRow } from "../../store/tables/index.js";
import { locate } from "../locate.js";
import { adoptProject } from "../records/target.js";
import { importSettingsOf, ImportSettings, requireSource } from "./settings.js";

export interface NewImportJob {
  kind: ImportJobRow["kind"];
  modelName: string;
  settings: object;
}

/**
 * Jobs that would bring files or tables of somebody's cloud into a model. They have a state and rules; what they point at is not read from
 * here, so their counts of files and queries stay at zero. Whoever calls has asked the gate for FILE_IMPORT_* on the space.
 */
export class ImportJobs {
  constructor(private readonly core: Core) {}

  /**
   * Makes the job, and the model that it feeds if there is none of that name.
   * @returns null for a dry run, which checks everything and makes nothing
   * @throws InvalidRequestError for settings that do not fit, or a model of another type; ForbiddenError when the model may not be made or fed
   */
  async create(caller: Caller, space: SpaceRow, job: NewImportJob, dryRun: boolean): Promise<ImportJobRow | null> {
    const settings = checked(job.settings);
    const { store, clock, gate } = this.core;
    const found = await locate(store.db, "space", space.id);
    const model = await store.db
      .selectFrom("projects")
      .select("id")
      .where("space_id", "=", space.id)
      .where("name", "=", job.modelName)
      .executeTakeFirst();
    const place = model === undefined ? found : await locate(store.db, "project", model.id);
    gate.require(caller, model === undefined ? "ML_MODEL_CREATE" : "ML_MODEL_UPDATE", place?.ref ?? null);
    if (dryRun) return null;
    const now = clock.now();
    return store.transaction(async (tx) => {
      const { modelType, environment } = settings;
      const project = await adoptProject(this.core, tx, { space, name: job.modelName, modelType, environment });
      const row: ImportJobRow = {
        ...(await store.newId(tx, job.kind === "file" ? "FileImportJob" : "TableImportJob")),
        account_id: space.account_id,
        space_id: space.id,
        project_id: project.id,
        kind: job.kind,
        status: "active",
        settings: JSON.stringify(settings),
        created_by_user_id: caller.principal.userId,
        created_at: now,
        updated_at: now,
      };
      await tx.insertInto("import_jobs").values(row).execute();
      return row;
    });
  }

  /** Lays what is given over the settings. @throws InvalidRequestError for settings that do not fit */
  async update(row: ImportJobRow, given: object, status: ImportJobRow["status"] = row.status): Promise<ImportJobRow> {
    const settings = JSON.stringify(checked({ ...importSettingsOf(row), ...given }));
    const changes = { settings, status, updated_at: this.core.clock.now() };
    await this.core.store.db.updateTable("import_jobs").set(changes).where("id", "=", row.id).execute();
    return { ...row, ...changes };
  }

  /** The row stays, as deleted, so that its short id is never given again; it is found nowhere. */
  async delete(row: ImportJobRow): Promise<ImportJobRow> {
    return this.update(row, {}, "deleted");
  }
}

function checked(given: object): ImportSettings {
  const parsed = ImportSettings.safeParse(given);
  if (!parsed.success)
    throw new InvalidRequestError(explainZodError(parsed.error, "body").replace("Request body: ", ""));
  requireSource(parsed.data);
  return parsed.data;
}
