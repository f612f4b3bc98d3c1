import { formatTimestamp } from "@axlab/wire";
import { TriggerTaskRequest } from "@axlab/wire/rest";
import type { SpaceRow, TaskRow } from "../../../store/tables/index.js";
import { connection, type ConnectionArgs } from "../connection.js";
import type { GraphQLContext } from "../context.js";
import { canonicalId } from "../ids.js";
import { checked, given } from "../input.js";
import { mutation } from "../mutation.js";
import { placeInProject, placeInSpace, readable } from "../places.js";

/** Where a task is decided on, as in REST: on its project, or on the space of its dataset (`decisions/0036`). */
export async function readableTasks(context: GraphQLContext, rows: readonly TaskRow[]): Promise<TaskRow[]> {
  const [ofProjects, ofDatasets] = await Promise.all([
    readable(
      context,
      rows.flatMap((row) => (row.project_id === null ? [] : [{ row, project_id: row.project_id }])),
      "PROJECT_EVAL_TASK_READ",
      placeInProject,
    ),
    readable(
      context,
      rows.filter(({ project_id }) => project_id === null),
      "EXPERIMENT_EVAL_TASK_READ",
      placeInSpace,
    ),
  ]);
  return [...ofProjects.map(({ row }) => row), ...ofDatasets];
}

interface Run {
  onlineTaskId: string;
  dataStartTime: number;
  dataEndTime?: number | null;
  maxSpans?: number | null;
}

export const onlineTaskResolvers = {
  Space: {
    async onlineTasks(row: SpaceRow, args: ConnectionArgs, context: GraphQLContext) {
      const rows = await readableTasks(context, await context.load.tasksOfSpace.load(row.id));
      return connection(rows, args, { order: "desc", texts: ({ name }) => [name] });
    },
  },
  OnlineTask: {
    samplingRate: (row: TaskRow) => row.sampling_rate,
    queryFilter: (row: TaskRow) => row.query_filter,
    taskType: (row: TaskRow) => row.type.toLowerCase(),
  },
  Mutation: {
    runOnlineTask: mutation<Run>(
      "runOnlineTask",
      { on: "domain", why: "PROJECT_EVAL_TASK_UPDATE on the task's project, or EXPERIMENT_EVAL_TASK_UPDATE" },
      async ({ input, caller, domain }) => {
        const request = checked(
          TriggerTaskRequest,
          given({
            data_start_time: formatTimestamp(input.dataStartTime),
            data_end_time: input.dataEndTime == null ? undefined : formatTimestamp(input.dataEndTime),
            max_spans: input.maxSpans,
          }),
        );
        const task = await domain.tasks.get(caller, canonicalId(domain.core.store, input.onlineTaskId));
        await domain.taskRuns.trigger(caller, task, request);
        return { success: true };
      },
    ),
  },
};
