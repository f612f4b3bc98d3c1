import * as z from "zod";
import type { JsonObject } from "../json.js";
import { pageOf, pageQuery } from "../pagination.js";
import { RequestTimestamp, Rfc3339 } from "../timestamps.js";
import { Id, listOf, nameField, openRecord, patchBody, requestBody, spaceScopedQuery } from "./fields.js";
import { InputVariableFormat, InvocationParamsInput, LlmMessage } from "./llm.js";

export const TaskType = z.enum(["TEMPLATE_EVALUATION", "CODE_EVALUATION", "RUN_EXPERIMENT"]).meta({ id: "TaskType" });
export type TaskType = z.infer<typeof TaskType>;
export const TaskRunStatus = z
  .enum(["PENDING", "RUNNING", "COMPLETED", "FAILED", "CANCELLED"])
  .meta({ id: "TaskRunStatus" });
export type TaskRunStatus = z.infer<typeof TaskRunStatus>;

const AnyObject = openRecord<JsonObject>(() => undefined);
const model = { ai_integration_id: Id, model_name: z.string().min(1).optional() };
const parameters = {
  invocation_parameters: InvocationParamsInput.optional(),
  provider_parameters: AnyObject.optional(),
};
/** What a RUN_EXPERIMENT task asks of each example. Requests and answers hold the same fields. */
export const RunConfiguration = z
  .discriminatedUnion("experiment_type", [
    requestBody({
      experiment_type: z.literal("LLM_GENERATION"),
      ...model,
      messages: listOf(LlmMessage, 1),
      input_variable_format: InputVariableFormat,
      ...parameters,
      tool_config: requestBody({
        tools: z.array(AnyObject).optional(),
        tool_choice: z.unknown().optional(),
      }).optional(),
      prompt_version_id: Id.nullable().optional(),
    }),
    requestBody({
      experiment_type: z.literal("TEMPLATE_EVALUATION"),
      ...model,
      template: z.string().min(1),
      provide_explanation: z.boolean(),
      classification_choices: z.record(z.string(), z.number()).optional(),
      column_mapping: z.record(z.string(), z.string()).optional(),
      evaluator_version_id: Id.nullable().optional(),
      ...parameters,
    }),
    requestBody({ experiment_type: z.literal("AGENT_CALL"), integration_id: Id, input_template: AnyObject }),
  ])
  .meta({ id: "RunConfiguration" });
export type RunConfiguration = z.infer<typeof RunConfiguration>;

/** `evaluator_version_id` is hidden from strict older clients, see `fieldsHiddenFrom`. */
const TaskEvaluator = z.strictObject({
  evaluator_id: Id,
  evaluator_name: z.string(),
  evaluator_version_id: Id.nullable().optional(),
  query_filter: z.string().nullable(),
  column_mappings: z.record(z.string(), z.string()).nullable(),
});
export type TaskEvaluator = z.infer<typeof TaskEvaluator>;

/** Work on the spans of a project, or on a dataset and its experiments (spec/rest.md §3.18). */
export const Task = z
  .strictObject({
    id: Id,
    name: z.string(),
    type: TaskType,
    project_id: Id.nullable().optional(),
    dataset_id: Id.nullable().optional(),
    sampling_rate: z.number().nullable().optional(),
    is_continuous: z.boolean(),
    query_filter: z.string().nullable(),
    evaluators: z.array(TaskEvaluator),
    experiment_ids: z.array(Id),
    run_configuration: RunConfiguration.nullable().optional(),
    last_run_at: Rfc3339.nullable(),
    created_at: Rfc3339,
    updated_at: Rfc3339,
    created_by_user_id: Id.nullable(),
  })
  .meta({ id: "Task" });
export type Task = z.infer<typeof Task>;
export const TaskPage = pageOf("tasks", Task).meta({ id: "TaskPage" });
export type TaskPage = z.infer<typeof TaskPage>;

const instant = Rfc3339.nullable();
/** One run of a task. `failure_reason` says why a run failed or was cancelled. */
export const TaskRun = z
  .strictObject({
    id: Id,
    task_id: Id,
    experiment_id: Id.nullable().optional(),
    status: TaskRunStatus,
    run_started_at: instant,
    run_finished_at: instant,
    data_start_time: instant,
    data_end_time: instant,
    num_successes: z.int(),
    num_errors: z.int(),
    num_skipped: z.int(),
    created_at: Rfc3339,
    created_by_user_id: Id.nullable(),
    failure_reason: z.string().nullable().optional(),
  })
  .meta({ id: "TaskRun" });
export type TaskRun = z.infer<typeof TaskRun>;
export const TaskRunPage = pageOf("task_runs", TaskRun).meta({ id: "TaskRunPage" });
export type TaskRunPage = z.infer<typeof TaskRunPage>;

export const TaskEvaluatorInput = requestBody({
  evaluator_id: Id,
  evaluator_version_id: Id.nullable().optional(),
  query_filter: z.string().nullable().optional(),
  column_mappings: z.record(z.string(), z.string()).nullable().optional(),
}).meta({ id: "TaskEvaluatorInput" });
export type TaskEvaluatorInput = z.input<typeof TaskEvaluatorInput>;

const evaluators = listOf(TaskEvaluatorInput, 1, undefined, (evaluator) => evaluator.evaluator_id);
const sampling = { sampling_rate: z.number().min(0).max(1).optional(), is_continuous: z.boolean().optional() };
const evaluation = {
  name: nameField(),
  project_id: Id.optional(),
  dataset_id: Id.optional(),
  experiment_ids: listOf(Id, 0, undefined, (id) => id).optional(),
  ...sampling,
  query_filter: z.string().optional(),
  evaluators,
};
interface Sourced {
  project_id?: string | undefined;
  dataset_id?: string | undefined;
  experiment_ids?: string[] | undefined;
  sampling_rate?: number | undefined;
  is_continuous?: boolean | undefined;
}
/** A project or a dataset, and what belongs to it. */
function sourceFault({
  project_id,
  dataset_id,
  experiment_ids = [],
  sampling_rate,
  is_continuous,
}: Sourced): string | null {
  if ((project_id === undefined) === (dataset_id === undefined))
    return "must name exactly one of project_id and dataset_id";
  if (dataset_id === undefined)
    return experiment_ids.length > 0 ? "must not have experiment_ids without dataset_id" : null;
  if (experiment_ids.length === 0) return "must have at least one of experiment_ids with dataset_id";
  if (sampling_rate !== undefined || is_continuous === true)
    return "must not have sampling_rate or is_continuous with dataset_id";
  return null;
}
export const CreateTaskRequest = z
  .discriminatedUnion("type", [
    requestBody({ type: z.literal("TEMPLATE_EVALUATION"), ...evaluation }),
    requestBody({ type: z.literal("CODE_EVALUATION"), ...evaluation }),
    requestBody({
      type: z.literal("RUN_EXPERIMENT"),
      name: nameField(),
      dataset_id: Id,
      run_configuration: RunConfiguration,
    }),
  ])
  .superRefine((task, context) => {
    const fault = task.type === "RUN_EXPERIMENT" ? null : sourceFault(task);
    if (fault !== null) context.addIssue({ code: "custom", message: fault });
  })
  .meta({ id: "CreateTaskRequest" });
export type CreateTaskRequest = z.input<typeof CreateTaskRequest>;

/** Fields of both kinds of task; those that are not of the task's own are refused by the platform. Lists replace. */
export const UpdateTaskRequest = patchBody({
  name: nameField().optional(),
  ...sampling,
  query_filter: z.string().nullable().optional(),
  evaluators: evaluators.optional(),
  run_configuration: RunConfiguration.optional(),
}).meta({ id: "UpdateTaskRequest" });
export type UpdateTaskRequest = z.input<typeof UpdateTaskRequest>;

/** Fields of both kinds of task, as for `UpdateTaskRequest`. */
export const TriggerTaskRequest = requestBody({
  data_start_time: RequestTimestamp.optional(),
  data_end_time: RequestTimestamp.optional(),
  max_spans: z.int().min(1).optional(),
  override_evaluations: z.boolean().optional(),
  experiment_ids: listOf(Id, 1, undefined, (id) => id).optional(),
  experiment_name: nameField().optional(),
  dataset_version_id: Id.optional(),
  example_ids: listOf(z.string().min(1), 1, undefined, (id) => id).optional(),
  max_examples: z.int().min(1).optional(),
  tracing_metadata: z.record(z.string(), z.string()).optional(),
  evaluation_task_ids: listOf(Id, 1, undefined, (id) => id).optional(),
}).meta({ id: "TriggerTaskRunRequest" });
export type TriggerTaskRequest = z.input<typeof TriggerTaskRequest>;

export const ListTasksQuery = spaceScopedQuery.extend({
  project_id: Id.optional(),
  dataset_id: Id.optional(),
  type: TaskType.optional(),
});
export type ListTasksQuery = z.input<typeof ListTasksQuery>;
export const ListTaskRunsQuery = pageQuery(50, 100).extend({ status: TaskRunStatus.optional() });
export type ListTaskRunsQuery = z.input<typeof ListTaskRunsQuery>;

export const TaskPath = z.object({ task_id: Id });
export const TaskRunPath = z.object({ run_id: Id });
