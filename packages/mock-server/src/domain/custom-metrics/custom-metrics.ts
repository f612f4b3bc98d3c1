import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { ConflictError } from "../../errors.js";
import type { CustomMetricRow, ProjectRow } from "../../store/tables/index.js";
import { withUniqueName } from "../names.js";
import { parseMetric } from "./expression.js";

export interface CustomMetricFields {
  name: string;
  description: string | null;
  expression: string;
  /** default PRODUCTION */
  environment?: string | undefined;
}

/** Metrics that people write, of one model each. Whoever calls has asked the gate. */
export class CustomMetrics {
  constructor(private readonly core: Core) {}

  /** @throws InvalidRequestError for an expression that cannot be read, ConflictError when the model has a metric of that name */
  async create(caller: Caller, project: ProjectRow, fields: CustomMetricFields): Promise<CustomMetricRow> {
    parseMetric(fields.expression);
    const { store, clock } = this.core;
    const now = clock.now();
    return withUniqueName("a custom metric", fields.name, "model", () =>
      store.transaction(async (tx) => {
        const row: CustomMetricRow = {
          ...(await store.newId(tx, "CustomMetric")),
          account_id: project.account_id,
          space_id: project.space_id,
          project_id: project.id,
          name: fields.name,
          description: fields.description,
          expression: fields.expression,
          environment: fields.environment ?? "PRODUCTION",
          created_by_user_id: caller.principal.userId,
          created_at: now,
          updated_at: now,
        };
        await tx.insertInto("custom_metrics").values(row).execute();
        return row;
      }),
    );
  }

  /** @throws as `create` */
  async update(row: CustomMetricRow, fields: CustomMetricFields): Promise<CustomMetricRow> {
    parseMetric(fields.expression);
    const changes = {
      name: fields.name,
      description: fields.description ?? row.description,
      expression: fields.expression,
      environment: fields.environment ?? row.environment,
      updated_at: this.core.clock.now(),
    };
    await withUniqueName("a custom metric", fields.name, "model", () =>
      this.core.store.db.updateTable("custom_metrics").set(changes).where("id", "=", row.id).execute(),
    );
    return { ...row, ...changes };
  }

  /** @throws ConflictError while a monitor watches it */
  async delete(row: CustomMetricRow): Promise<void> {
    await this.core.store.transaction(async (tx) => {
      const monitors = await tx
        .selectFrom("monitors")
        .select(["name", "settings"])
        .where("project_id", "=", row.project_id)
        .execute();
      const watching = monitors.find(({ settings }) => settings.includes(JSON.stringify(row.id)));
      if (watching !== undefined)
        throw new ConflictError(`The monitor "${watching.name}" watches this metric; delete the monitor first.`);
      await tx.deleteFrom("custom_metrics").where("id", "=", row.id).execute();
    });
  }
}
