import type { CreateTaskRequest, ListTasksQuery, RunConfiguration, UpdateTaskRequest } from "@axlab/wire/rest";
import { z } from "zod";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { InvalidRequestError, NotFoundError, UnprocessableError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import type { TaskRow } from "../../store/tables/index.js";
import type { AiIntegrations } from "../ai-integrations/ai-integrations.js";
import type { Evaluators } from "../evaluators/evaluators.js";
import type { Integrations } from "../integrations/integrations.js";
import { locate } from "../locate.js";
import { contains } from "../names.js";
import { pageBySeq, type Page } from "../paging.js";
import { idsOf, inStatements, readStored, someOf } from "../rows.js";
import { TaskAccess } from "./access.js";
import { attach } from "./evaluators.js";

export const experimentIdsOf = (row: Pick<TaskRow, "experiment_ids">): string[] =>
  z.array(z.string()).parse(readStored(row.experiment_ids));

/** Work that is set up once and run again and again (`spec/rest.md §3.18`). Each call decides, since the permission depends on the task's kind. */
export class Tasks {
  readonly access: TaskAccess;

  constructor(
    private readonly core: Core,
    private readonly evaluators: Evaluators,
    private readonly aiIntegrations: AiIntegrations,
    private readonly integrations: Integrations,
  ) {
    this.access = new TaskAccess(core);
  }

  /** Newest first; only what the caller may read. @throws NotFoundError, ForbiddenError for a space, project or dataset that they may not */
  async list(caller: Caller, request: z.output<typeof ListTasksQuery>): Promise<Page<TaskRow>> {
    const { store, gate } = this.core;
    const { accountId } = caller.principal;
    if (request.space_id !== undefined)
      gate.require(caller, "SPACE_READ", (await locate(store.db, "space", request.space_id))?.ref ?? null);
    if (request.project_id !== undefined)
      await this.access.require(caller, { project_id: request.project_id, dataset_id: null }, "READ");
    if (request.dataset_id !== undefined)
      await this.access.require(caller, { project_id: null, dataset_id: request.dataset_id }, "READ");
    return pageBySeq(
      request,
      (after, count) => {
        let rows = store.db
          .selectFrom("tasks")
          .selectAll()
          .where("account_id", "=", accountId)
          .orderBy("seq", "desc")
          .limit(count);
        if (after !== undefined) rows = rows.where("seq", "<", after);
        for (const field of ["space_id", "project_id", "dataset_id", "type"] as const) {
          const wanted = request[field];
          if (wanted !== undefined) rows = rows.where(field, "=", wanted);
        }
        if (request.space_name !== undefined)
          rows = rows.where("space_id", "in", (query) =>
            query
              .selectFrom("spaces")
              .select("id")
              .where(contains("name", request.space_name ?? "")),
          );
        if (request.name !== undefined) rows = rows.where(contains("name", request.name));
        return rows.execute();
      },
      (row) => row,
      (row) => this.access.sees(caller, row),
    );
  }

  /** @throws NotFoundError when there is none, or the caller may not see it */
  async get(caller: Caller, id: string): Promise<TaskRow> {
    const found = await locate(this.core.store.db, "task", id);
    if (found === null) throw new NotFoundError();
    await this.access.requireSeen(caller, found.entity);
    return found.entity;
  }

  /** @throws NotFoundError, ForbiddenError, UnprocessableError for evaluators, experiments or integrations that do not fit */
  async create(caller: Caller, request: z.output<typeof CreateTaskRequest>): Promise<TaskRow> {
    const { store, clock } = this.core;
    const source = {
      project_id: ("project_id" in request ? request.project_id : undefined) ?? null,
      dataset_id: request.dataset_id ?? null,
    };
    await this.access.require(caller, source, "CREATE");
    const place =
      source.project_id === null
        ? await locate(store.db, "dataset", source.dataset_id ?? "")
        : await locate(store.db, "project", source.project_id);
    if (place === null) throw new NotFoundError();
    const { space_id, account_id } = place.entity;
    const evaluation = request.type === "RUN_EXPERIMENT" ? undefined : request;
    const configuration =
      request.type === "RUN_EXPERIMENT" ? await this.#usable(caller, request.run_configuration) : null;
    const attached = await attach(
      this.core,
      this.evaluators,
      caller,
      { type: request.type, space_id },
      evaluation?.evaluators ?? [],
    );
    const experiments = evaluation?.experiment_ids ?? [];
    await requireExperimentsOf(store.db, source.dataset_id, experiments);
    const now = clock.now();
    return store.transaction(async (tx) => {
      const row: TaskRow = {
        ...(await store.newId(tx, "OnlineTask")),
        account_id,
        space_id,
        name: request.name,
        type: request.type,
        ...source,
        sampling_rate: evaluation?.sampling_rate ?? null,
        is_continuous: evaluation?.is_continuous === true ? 1 : 0,
        query_filter: evaluation?.query_filter ?? null,
        evaluators: JSON.stringify(attached),
        experiment_ids: JSON.stringify(experiments),
        run_configuration: configuration === null ? null : JSON.stringify(configuration),
        last_run_at: null,
        created_by_user_id: caller.principal.userId,
        created_at: now,
        updated_at: now,
      };
      await tx.insertInto("tasks").values(row).execute();
      return row;
    });
  }

  /** @throws InvalidRequestError for a field that the task's kind does not have, and what `create` throws */
  async update(caller: Caller, row: TaskRow, changes: z.output<typeof UpdateTaskRequest>): Promise<TaskRow> {
    await this.access.require(caller, row, "UPDATE");
    refuseForeignFields(row, changes);
    const { run_configuration, evaluators } = changes;
    const changed: TaskRow = {
      ...row,
      name: changes.name ?? row.name,
      sampling_rate: changes.sampling_rate ?? row.sampling_rate,
      is_continuous: changes.is_continuous === undefined ? row.is_continuous : changes.is_continuous ? 1 : 0,
      query_filter: changes.query_filter === undefined ? row.query_filter : changes.query_filter,
      evaluators: evaluators
        ? JSON.stringify(await attach(this.core, this.evaluators, caller, row, evaluators))
        : row.evaluators,
      run_configuration: run_configuration
        ? JSON.stringify(await this.#usable(caller, run_configuration))
        : row.run_configuration,
      updated_at: this.core.clock.now(),
    };
    const { id: _id, seq: _seq, ...fields } = changed;
    await this.core.store.db.updateTable("tasks").set(fields).where("id", "=", row.id).execute();
    return changed;
  }

  /** Its runs go with it. @throws ForbiddenError */
  async delete(caller: Caller, row: TaskRow): Promise<void> {
    await this.access.require(caller, row, "DELETE");
    await this.core.store.transaction((tx) => deleteTasks(tx, [row.id]));
  }

  /** The integration is there, seen by the caller, and of the right type; `{{dataset.x}}` is kept as `{{x}}`. */
  async #usable(caller: Caller, configuration: RunConfiguration): Promise<RunConfiguration> {
    if (configuration.experiment_type !== "AGENT_CALL") {
      await this.aiIntegrations.get(caller, configuration.ai_integration_id);
      return configuration;
    }
    const integration = await this.integrations.get(caller, configuration.integration_id);
    if (integration.type !== "AGENT")
      throw new UnprocessableError("run_configuration.integration_id: must be an integration of type AGENT.");
    const text = JSON.stringify(configuration.input_template).replaceAll(
      /\{\{\s*(?:dataset\.)?([^{}]+?)\s*\}\}/g,
      "{{$1}}",
    );
    return { ...configuration, input_template: z.record(z.string(), z.json()).parse(JSON.parse(text)) };
  }
}

async function requireExperimentsOf(db: Db, datasetId: string | null, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const there = await db
    .selectFrom("experiments")
    .select("id")
    .where("dataset_id", "=", datasetId)
    .where("id", "in", ids)
    .execute();
  const missing = ids.filter((id) => !there.some((experiment) => experiment.id === id));
  if (missing.length > 0)
    throw new UnprocessableError(`experiment_ids: ${someOf(missing)} is no experiment of the task's dataset.`);
}

/** @throws InvalidRequestError for a field that only another kind of task has */
function refuseForeignFields(row: TaskRow, changes: z.output<typeof UpdateTaskRequest>): void {
  const own =
    row.type === "RUN_EXPERIMENT"
      ? ["name", "run_configuration"]
      : ["name", "query_filter", "evaluators", ...(row.project_id === null ? [] : ["sampling_rate", "is_continuous"])];
  const foreign = Object.keys(changes).filter((field) => !own.includes(field));
  if (foreign.length > 0)
    throw new InvalidRequestError(`${foreign.join(", ")}: not of this task, which has ${own.join(", ")}.`);
}

export async function deleteTasks(tx: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.deleteFrom("task_runs").where("task_id", "in", ids).execute();
  await tx.deleteFrom("tasks").where("id", "in", ids).execute();
}

/** What a project's or a dataset's end takes along. */
export async function deleteTasksOn(
  tx: Db,
  source: "project_id" | "dataset_id",
  ids: readonly string[],
): Promise<void> {
  const rows = await tx.selectFrom("tasks").select("id").where(source, "in", ids).execute();
  await inStatements(idsOf(rows), (some) => deleteTasks(tx, some));
}
