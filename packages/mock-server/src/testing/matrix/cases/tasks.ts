import type { Permission } from "@axlab/auth";
import type { Case } from "../case.js";
import { fresh, newTask, sinceJustNow } from "../fixtures.js";
import { PROJECTS } from "../places.js";

const on = (requirement: Permission) => ({ requirement, on: "project", read: "PROJECT_EVAL_TASK_READ" }) as const;
const seen = { ...on("PROJECT_EVAL_TASK_READ"), hidden: true } as const;
const task = ["task", "restrictedTask", "taskRun", "restrictedTaskRun"] as const;

/** All of a project; tasks of a dataset are decided on its space, and have a test of their own. */
export const taskCases: Case[] = [
  { route: "GET /v2/tasks", places: PROJECTS, item: "task" },
  {
    route: "POST /v2/tasks",
    places: PROJECTS,
    body: (at, place) => newTask(at, place === "restricted" ? "restricted" : "project"),
    decides: { requirement: "PROJECT_EVAL_TASK_CREATE", on: "project" },
  },
  { route: "GET /v2/tasks/{task_id}", places: PROJECTS, decides: seen },
  {
    route: "PATCH /v2/tasks/{task_id}",
    places: PROJECTS,
    body: async () => ({ name: fresh() }),
    decides: on("PROJECT_EVAL_TASK_UPDATE"),
  },
  { route: "GET /v2/tasks/{task_id}/runs", places: PROJECTS, decides: seen },
  { route: "GET /v2/task-runs/{run_id}", places: PROJECTS, decides: seen },
  {
    route: "POST /v2/task-runs/{run_id}/cancel",
    places: PROJECTS,
    decides: on("PROJECT_EVAL_TASK_UPDATE"),
    tooLate: 400,
  },
  {
    route: "POST /v2/tasks/{task_id}/trigger",
    places: PROJECTS,
    body: async () => sinceJustNow(),
    decides: on("PROJECT_EVAL_TASK_UPDATE"),
    spends: task,
  },
  {
    route: "DELETE /v2/tasks/{task_id}",
    places: PROJECTS,
    decides: on("PROJECT_EVAL_TASK_DELETE"),
    spends: task,
  },
];
