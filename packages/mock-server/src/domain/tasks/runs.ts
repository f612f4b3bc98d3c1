import { setImmediate } from "node:timers/promises";
import { parseTimestamp } from "@axlab/wire";
import type { ListTaskRunsQuery, TriggerTaskRequest } from "@axlab/wire/rest";
import type { z } from "zod";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { ConflictError, InvalidRequestError, NotFoundError } from "../../errors.js";
import type { TaskRow, TaskRunRow } from "../../store/tables/index.js";
import { locate } from "../locate.js";
import { pageBySeq, type Page } from "../paging.js";
import type { TaskExecutor } from "./execute.js";
import type { Tasks } from "./tasks.js";

const DAY_MS = 86_400_000;
const MOST_DAYS = 30;
/** A run that has not ended by then was left behind by a process that stopped. */
const ABANDONED_MS = 10 * 60_000;
const ACTIVE = ["PENDING", "RUNNING"] as const;

const EVALUATION_FIELDS = ["max_spans", "override_evaluations"];
const PROJECT_FIELDS = [...EVALUATION_FIELDS, "data_start_time", "data_end_time"];
const DATASET_FIELDS = [...EVALUATION_FIELDS, "experiment_ids"];
const EXPERIMENT_FIELDS = [
  ...["experiment_name", "dataset_version_id", "example_ids", "max_examples"],
  ...["tracing_metadata", "evaluation_task_ids"],
];

/** Runs of tasks: made PENDING, worked on after the answer, and ended COMPLETED, FAILED or CANCELLED. Each call decides. */
export class TaskRuns {
  readonly #working = new Set<Promise<void>>();

  constructor(
    private readonly core: Core,
    private readonly tasks: Tasks,
    private readonly executor: TaskExecutor,
  ) {}

  /** Newest first. */
  async list(task: TaskRow, request: z.output<typeof ListTaskRunsQuery>): Promise<Page<TaskRunRow>> {
    return pageBySeq(
      request,
      (after, count) => {
        let rows = this.core.store.db
          .selectFrom("task_runs")
          .selectAll()
          .where("task_id", "=", task.id)
          .orderBy("seq", "desc")
          .limit(count);
        if (after !== undefined) rows = rows.where("seq", "<", after);
        if (request.status !== undefined) rows = rows.where("status", "=", request.status);
        return rows.execute();
      },
      (row) => row,
    );
  }

  /** @throws NotFoundError when there is none, or the caller may not see its task */
  async get(caller: Caller, id: string): Promise<{ run: TaskRunRow; task: TaskRow }> {
    const found = await locate(this.core.store.db, "taskRun", id);
    if (found === null) throw new NotFoundError();
    return { run: found.entity, task: await this.tasks.get(caller, found.entity.task_id) };
  }

  /**
   * @throws ForbiddenError; InvalidRequestError for a field that is not of the task's kind, or a window that may not be; ConflictError while
   * another run of the task is going on, or when the dataset has an experiment of that name
   */
  async trigger(caller: Caller, task: TaskRow, request: TriggerTaskRequest): Promise<TaskRunRow> {
    const { store, clock } = this.core;
    await this.tasks.access.require(caller, task, "UPDATE");
    refuseForeignFields(task, request);
    const now = clock.now();
    const window = task.project_id === null ? null : windowOf(task, request, now);
    if (task.type === "RUN_EXPERIMENT") await this.#requireFreeName(task, request);
    const run = await store.transaction(async (tx) => {
      const going = await tx
        .selectFrom("task_runs")
        .select("id")
        .where("task_id", "=", task.id)
        .where("status", "in", ACTIVE)
        .where("created_at", ">", now - ABANDONED_MS)
        .executeTakeFirst();
      if (going !== undefined)
        throw new ConflictError(`The run ${going.id} of this task is going on; wait for it, or cancel it first.`);
      const row: TaskRunRow = {
        ...(await store.newId(tx, "TaskRun")),
        task_id: task.id,
        experiment_id: null,
        status: "PENDING",
        run_started_at: null,
        run_finished_at: null,
        data_start_time: window?.start ?? null,
        data_end_time: window?.end ?? null,
        num_successes: 0,
        num_errors: 0,
        num_skipped: 0,
        failure_reason: null,
        created_by_user_id: caller.principal.userId,
        created_at: now,
      };
      await tx.insertInto("task_runs").values(row).execute();
      await tx.updateTable("tasks").set({ last_run_at: now }).where("id", "=", task.id).execute();
      return row;
    });
    const work = this.#work(caller, task, run, request).finally(() => this.#working.delete(work));
    this.#working.add(work);
    return run;
  }

  /** @throws ForbiddenError, InvalidRequestError when it has ended */
  async cancel(caller: Caller, task: TaskRow, run: TaskRunRow): Promise<TaskRunRow> {
    await this.tasks.access.require(caller, task, "UPDATE");
    const cancelled = await this.#move(run, ACTIVE, {
      status: "CANCELLED",
      run_finished_at: this.core.clock.now(),
      failure_reason: "Cancelled on request.",
    });
    if (cancelled === undefined)
      throw new InvalidRequestError("Only a run that is PENDING or RUNNING can be cancelled, and this one has ended.");
    return cancelled;
  }

  /** Until nothing is worked on any more. */
  async settle(): Promise<void> {
    await Promise.all(this.#working);
  }

  /** A run that was cancelled meanwhile keeps that state. */
  async #work(caller: Caller, task: TaskRow, run: TaskRunRow, request: TriggerTaskRequest): Promise<void> {
    const { clock, log } = this.core;
    try {
      const started = await this.#move(run, ["PENDING"], { status: "RUNNING", run_started_at: clock.now() });
      if (started === undefined) return;
      const outcome = await this.executor.execute(caller, task, started, request, () => this.#goesOn(run));
      await this.#move(run, ["RUNNING"], { ...outcome, run_finished_at: clock.now() });
    } catch (error) {
      log.error({ runId: run.id, err: error }, "a task run failed");
      const failure_reason = error instanceof Error ? error.message : "unknown";
      await this.#move(run, ACTIVE, { status: "FAILED", run_finished_at: clock.now(), failure_reason }).catch(
        () => undefined,
      );
    }
  }

  /** The event loop has its turn first: this platform has one thread, and a long run must not keep everybody waiting. */
  async #goesOn({ id }: Pick<TaskRunRow, "id">): Promise<boolean> {
    await setImmediate();
    const row = await this.core.store.db
      .selectFrom("task_runs")
      .select("status")
      .where("id", "=", id)
      .executeTakeFirst();
    return row?.status === "RUNNING";
  }

  async #move(
    run: Pick<TaskRunRow, "id">,
    from: readonly TaskRunRow["status"][],
    to: Partial<TaskRunRow>,
  ): Promise<TaskRunRow | undefined> {
    return this.core.store.db
      .updateTable("task_runs")
      .set(to)
      .where("id", "=", run.id)
      .where("status", "in", from)
      .returningAll()
      .executeTakeFirst();
  }

  async #requireFreeName(task: TaskRow, { experiment_name }: TriggerTaskRequest): Promise<void> {
    if (experiment_name === undefined)
      throw new InvalidRequestError("experiment_name: is required to run a RUN_EXPERIMENT task.");
    const taken = await this.core.store.db
      .selectFrom("experiments")
      .select("id")
      .where("dataset_id", "=", task.dataset_id)
      .where("name", "=", experiment_name)
      .executeTakeFirst();
    if (taken !== undefined)
      throw new ConflictError(
        `experiment_name: the dataset has an experiment named "${experiment_name}"; choose another name.`,
      );
  }
}

function refuseForeignFields(task: TaskRow, request: TriggerTaskRequest): void {
  const own =
    task.type === "RUN_EXPERIMENT" ? EXPERIMENT_FIELDS : task.project_id === null ? DATASET_FIELDS : PROJECT_FIELDS;
  const foreign = Object.keys(request).filter((field) => !own.includes(field));
  if (foreign.length > 0)
    throw new InvalidRequestError(`${foreign.join(", ")}: not for a run of this task, which takes ${own.join(", ")}.`);
  if (request.example_ids !== undefined && request.max_examples !== undefined)
    throw new InvalidRequestError("example_ids, max_examples: give one of the two, or none for all examples.");
}

/** From the last run on, until now. */
function windowOf(task: TaskRow, request: TriggerTaskRequest, now: number): { start: number; end: number } {
  const end = (request.data_end_time === undefined ? null : parseTimestamp(request.data_end_time)) ?? now;
  const start = request.data_start_time === undefined ? task.last_run_at : parseTimestamp(request.data_start_time);
  if (start === null) throw new InvalidRequestError("data_start_time: is required for the first run of a task.");
  if (start >= end) throw new InvalidRequestError("data_start_time must lie before data_end_time.");
  if (end - start > MOST_DAYS * DAY_MS)
    throw new InvalidRequestError(`data_start_time, data_end_time: the window may be at most ${MOST_DAYS} days.`);
  return { start, end };
}
