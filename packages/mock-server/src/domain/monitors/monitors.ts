import { explainZodError } from "@axlab/wire";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { InvalidRequestError, NotFoundError } from "../../errors.js";
import type { MonitorRow, ProjectRow } from "../../store/tables/index.js";
import { withUniqueName } from "../names.js";
import type { Records } from "../records/records.js";
import { MonitorEvaluation } from "./evaluate.js";
import { MonitorSettings, requireSound, settingsOf } from "./settings.js";

/** Watches over the metrics of models. Whoever calls has asked the gate on the model. */
export class Monitors {
  constructor(
    private readonly core: Core,
    private readonly records: Records,
  ) {}

  /**
   * @param given the settings as they came; what is left out has its default
   * @throws InvalidRequestError naming the field, ConflictError when the model has a monitor of that name
   */
  async create(
    caller: Caller,
    project: ProjectRow,
    category: MonitorRow["category"],
    name: string,
    given: object,
  ): Promise<MonitorRow> {
    const settings = await this.#checked(category, project, given);
    const { store, clock } = this.core;
    const now = clock.now();
    return withUniqueName("a monitor", name, "model", () =>
      store.transaction(async (tx) => {
        const row: MonitorRow = {
          ...(await store.newId(tx, "Monitor")),
          account_id: project.account_id,
          space_id: project.space_id,
          project_id: project.id,
          name,
          category,
          settings: JSON.stringify(settings),
          created_by_user_id: caller.principal.userId,
          created_at: now,
          updated_at: now,
        };
        await tx.insertInto("monitors").values(row).execute();
        return row;
      }),
    );
  }

  /** Lays what is given over what there is. @throws as `create`; InvalidRequestError when the monitor is of another category */
  async patch(
    row: MonitorRow,
    project: ProjectRow,
    category: MonitorRow["category"],
    { name, ...given }: { name?: string | undefined } & Record<string, unknown>,
  ): Promise<MonitorRow> {
    if (row.category !== category)
      throw new InvalidRequestError(`monitorId: this is a monitor of ${row.category}, not of ${category}.`);
    const settings = await this.#checked(category, project, { ...settingsOf(row), ...given });
    const changes = {
      name: name ?? row.name,
      settings: JSON.stringify(settings),
      updated_at: this.core.clock.now(),
    };
    await withUniqueName("a monitor", changes.name, "model", () =>
      this.core.store.db.updateTable("monitors").set(changes).where("id", "=", row.id).execute(),
    );
    return { ...row, ...changes };
  }

  async delete(row: MonitorRow): Promise<void> {
    await this.core.store.db.deleteFrom("monitors").where("id", "=", row.id).execute();
  }

  /** @throws NotFoundError when the model went meanwhile */
  async evaluation(row: MonitorRow): Promise<MonitorEvaluation> {
    const project = await this.core.store.db
      .selectFrom("projects")
      .selectAll()
      .where("id", "=", row.project_id)
      .executeTakeFirst();
    if (project === undefined) throw new NotFoundError();
    return new MonitorEvaluation(this.core, this.records, row, project);
  }

  async #checked(category: MonitorRow["category"], project: ProjectRow, given: object): Promise<MonitorSettings> {
    const parsed = MonitorSettings.safeParse(given);
    if (!parsed.success)
      throw new InvalidRequestError(explainZodError(parsed.error, "body").replace("Request body: ", ""));
    requireSound(category, parsed.data);
    const { customMetricId, contacts } = parsed.data;
    const { db } = this.core.store;
    if (customMetricId !== undefined) {
      const metric = await db
        .selectFrom("custom_metrics")
        .select("project_id")
        .where("id", "=", customMetricId)
        .executeTakeFirst();
      if (metric?.project_id !== project.id)
        throw new InvalidRequestError(`customMetricId: this model has no custom metric "${customMetricId}".`);
    }
    for (const [index, { integrationKeyId }] of contacts.entries()) {
      if (integrationKeyId === undefined) continue;
      const key = await db
        .selectFrom("alert_integrations")
        .innerJoin("spaces", "spaces.organization_id", "alert_integrations.organization_id")
        .select("alert_integrations.id")
        .where("alert_integrations.id", "=", integrationKeyId)
        .where("spaces.id", "=", project.space_id)
        .executeTakeFirst();
      if (key === undefined)
        throw new InvalidRequestError(
          `contacts[${index}].integrationKeyId: the model's organization has no alert integration "${integrationKeyId}".`,
        );
    }
    return parsed.data;
  }
}
