import type {
  CreateTaskRequest,
  Task,
  TaskRun,
  TaskRunStatus,
  TaskType,
  TriggerTaskRequest,
  UpdateTaskRequest,
} from "@axlab/wire/rest";

import type { ClientContext } from "../context.js";
import { pagedWithin, type ListOptions, type Paged } from "../pagination/index.js";
import { datasetId, optionalSpaceId, projectId, taskId } from "../resolve/index.js";
import type { CallOptions } from "../transport/types.js";
import type { InSpace, ListInSpace } from "./inputs.js";

export interface ListTasks extends ListInSpace {
  /** Id, or name with the space. */
  readonly project?: string | undefined;
  /** Id, or name with the space. */
  readonly dataset?: string | undefined;
  readonly type?: TaskType | undefined;
}

/** Evaluations and experiments that the platform runs (`spec/rest.md` §3.18). A task is given by id, or by name with its space. */
export class Tasks {
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.#context = context;
  }

  list({ space, project, dataset, type, name, limit, cursor }: ListTasks = {}, options: CallOptions = {}): Paged<Task> {
    return pagedWithin(
      async () => ({
        space_id: await optionalSpaceId(this.#context, space, options),
        project_id: project && (await projectId(this.#context, project, space, options)),
        dataset_id: dataset && (await datasetId(this.#context, dataset, space, options)),
      }),
      async (scope, at) => {
        const query = { ...scope, type, name, limit, cursor: at };
        const page = await this.#context.rest.get("/v2/tasks", { query, ...options });
        return { items: page.tasks, pagination: page.pagination };
      },
      cursor,
    );
  }

  async get(task: string, { space, ...options }: InSpace = {}): Promise<Task> {
    const task_id = await taskId(this.#context, task, space, options);
    return this.#context.rest.get("/v2/tasks/{task_id}", { path: { task_id }, ...options });
  }

  /** The API's own form: ids of project or dataset, evaluators and experiments. */
  async create(task: CreateTaskRequest, options: CallOptions = {}): Promise<Task> {
    return this.#context.rest.post("/v2/tasks", { body: task, ...options });
  }

  /** Lists replace what was there; `query_filter: null` clears it. */
  async update(task: string, changes: UpdateTaskRequest, { space, ...options }: InSpace = {}): Promise<Task> {
    const task_id = await taskId(this.#context, task, space, options);
    return this.#context.rest.patch("/v2/tasks/{task_id}", { path: { task_id }, body: changes, ...options });
  }

  /** With its runs. Cannot be undone. */
  async delete(task: string, { space, ...options }: InSpace = {}): Promise<void> {
    const task_id = await taskId(this.#context, task, space, options);
    await this.#context.rest.delete("/v2/tasks/{task_id}", { path: { task_id }, ...options });
  }

  /** Starts a run, which goes on after the answer; `getRun` shows how far it is. @throws ConflictError while another run of the task goes on */
  async trigger(task: string, run: TriggerTaskRequest = {}, { space, ...options }: InSpace = {}): Promise<TaskRun> {
    const task_id = await taskId(this.#context, task, space, options);
    return this.#context.rest.post("/v2/tasks/{task_id}/trigger", { path: { task_id }, body: run, ...options });
  }

  /** Newest first. */
  runs(
    task: string,
    { space, status, limit, cursor }: ListOptions & InSpace & { readonly status?: TaskRunStatus | undefined } = {},
    options: CallOptions = {},
  ): Paged<TaskRun> {
    return pagedWithin(
      () => taskId(this.#context, task, space, options),
      async (task_id, at) => {
        const input = { path: { task_id }, query: { status, limit, cursor: at }, ...options };
        const page = await this.#context.rest.get("/v2/tasks/{task_id}/runs", input);
        return { items: page.task_runs, pagination: page.pagination };
      },
      cursor,
    );
  }

  async getRun(run_id: string, options: CallOptions = {}): Promise<TaskRun> {
    return this.#context.rest.get("/v2/task-runs/{run_id}", { path: { run_id }, ...options });
  }

  /** Only a run that is PENDING or RUNNING. */
  async cancelRun(run_id: string, options: CallOptions = {}): Promise<TaskRun> {
    return this.#context.rest.post("/v2/task-runs/{run_id}/cancel", { path: { run_id }, ...options });
  }
}
