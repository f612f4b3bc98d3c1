import {
  CreateTaskRequest,
  ListTaskRunsQuery,
  ListTasksQuery,
  Task,
  TaskPage,
  TaskPath,
  TaskRun,
  TaskRunPage,
  TaskRunPath,
  TriggerTaskRequest,
  UpdateTaskRequest,
} from "@axlab/wire/rest";
import { presentTaskRun, presentTasks } from "../../../domain/tasks/present.js";
import { route } from "../pipeline.js";

const tag = "tasks";
const path = "/v2/tasks/{task_id}";
const why =
  "a task on a project is decided on the project with PROJECT_EVAL_TASK_*, one on a dataset on its space with EXPERIMENT_EVAL_TASK_*";

export const taskRoutes = [
  route({
    method: "get",
    path: "/v2/tasks",
    tag,
    summary: "List tasks, newest first",
    access: { on: "each", requirement: "PROJECT_EVAL_TASK_READ", why },
    query: ListTasksQuery,
    success: { status: 200, body: TaskPage },
    errors: [403, 404],
    async handle({ caller, domain, input }) {
      const { items, pagination } = await domain.tasks.list(caller, input.query);
      return { tasks: await presentTasks(domain.core, items, caller.client), pagination };
    },
  }),
  route({
    method: "post",
    path: "/v2/tasks",
    tag,
    summary: "Create a task",
    access: { on: "domain", requirement: "PROJECT_EVAL_TASK_CREATE", why },
    body: CreateTaskRequest,
    success: { status: 201, body: Task },
    errors: [403, 404, 422],
    async handle({ caller, domain, input }) {
      const task = await domain.tasks.create(caller, input.body);
      return (await presentTasks(domain.core, [task], caller.client))[0];
    },
  }),
  route({
    method: "get",
    path,
    tag,
    summary: "Get a task",
    access: { on: "domain", requirement: "PROJECT_EVAL_TASK_READ", why },
    params: TaskPath,
    success: { status: 200, body: Task },
    errors: [404],
    async handle({ caller, domain, input: { params } }) {
      const task = await domain.tasks.get(caller, params.task_id);
      return (await presentTasks(domain.core, [task], caller.client))[0];
    },
  }),
  route({
    method: "patch",
    path,
    tag,
    summary: "Change a task",
    access: { on: "domain", requirement: "PROJECT_EVAL_TASK_UPDATE", why },
    params: TaskPath,
    body: UpdateTaskRequest,
    success: { status: 200, body: Task },
    errors: [403, 404, 422],
    async handle({ caller, domain, input: { params, body } }) {
      const task = await domain.tasks.update(caller, await domain.tasks.get(caller, params.task_id), body);
      return (await presentTasks(domain.core, [task], caller.client))[0];
    },
  }),
  route({
    method: "delete",
    path,
    tag,
    summary: "Delete a task with its runs",
    access: { on: "domain", requirement: "PROJECT_EVAL_TASK_DELETE", why },
    params: TaskPath,
    success: { status: 204 },
    errors: [403, 404],
    async handle({ caller, domain, input: { params } }) {
      await domain.tasks.delete(caller, await domain.tasks.get(caller, params.task_id));
    },
  }),
  route({
    method: "get",
    path: `${path}/runs`,
    tag,
    summary: "List the runs of a task, newest first",
    access: { on: "domain", requirement: "PROJECT_EVAL_TASK_READ", why },
    params: TaskPath,
    query: ListTaskRunsQuery,
    success: { status: 200, body: TaskRunPage },
    errors: [403, 404],
    async handle({ caller, domain, input: { params, query } }) {
      const { items, pagination } = await domain.taskRuns.list(await domain.tasks.get(caller, params.task_id), query);
      return { task_runs: items.map(presentTaskRun), pagination };
    },
  }),
  route({
    method: "post",
    path: `${path}/trigger`,
    tag,
    summary: "Run a task; the run goes on after the answer",
    access: { on: "domain", requirement: "PROJECT_EVAL_TASK_UPDATE", why },
    params: TaskPath,
    body: TriggerTaskRequest,
    bodyOptional: true,
    success: { status: 201, body: TaskRun },
    errors: [403, 404, 409, 422],
    async handle({ caller, domain, input: { params, body } }) {
      const task = await domain.tasks.get(caller, params.task_id);
      return presentTaskRun(await domain.taskRuns.trigger(caller, task, body));
    },
  }),
  route({
    method: "get",
    path: "/v2/task-runs/{run_id}",
    tag,
    summary: "Get a run of a task",
    access: { on: "domain", requirement: "PROJECT_EVAL_TASK_READ", why },
    params: TaskRunPath,
    success: { status: 200, body: TaskRun },
    errors: [404],
    handle: async ({ caller, domain, input: { params } }) =>
      presentTaskRun((await domain.taskRuns.get(caller, params.run_id)).run),
  }),
  route({
    method: "post",
    path: "/v2/task-runs/{run_id}/cancel",
    tag,
    summary: "Cancel a run that has not ended",
    access: { on: "domain", requirement: "PROJECT_EVAL_TASK_UPDATE", why },
    params: TaskRunPath,
    success: { status: 200, body: TaskRun },
    errors: [403, 404],
    async handle({ caller, domain, input: { params } }) {
      const { run, task } = await domain.taskRuns.get(caller, params.run_id);
      return presentTaskRun(await domain.taskRuns.cancel(caller, task, run));
    },
  }),
];
