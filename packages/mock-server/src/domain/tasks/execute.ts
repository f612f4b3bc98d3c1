import { formatTimestamp, type JsonObject } from "@axlab/wire";
import { CodeConfig, type Span, type TriggerTaskRequest } from "@axlab/wire/rest";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import type { ExperimentRow, TaskRow, TaskRunRow } from "../../store/tables/index.js";
import { widen, type Columns } from "../columns/columns.js";
import type { Evaluators } from "../evaluators/evaluators.js";
import { lockExperiment, widenColumns } from "../experiments/experiments.js";
import { locate } from "../locate.js";
import { readStored, readStoredObject } from "../rows.js";
import type { Spans } from "../spans/spans.js";
import { attachedTo, type Attached } from "./evaluators.js";
import { evaluate, type ReadField } from "./managed.js";
import { experimentIdsOf } from "./tasks.js";
import { evaluateSpans, type Verdicts } from "./write-spans.js";

type Managed = Extract<CodeConfig, { type: "MANAGED" }>;
export interface Check {
  config: Managed;
  attached: Attached;
}

export type Outcome = Pick<TaskRunRow, "status" | "num_successes" | "num_errors" | "num_skipped" | "failure_reason">;

const failed = (failure_reason: string): Outcome => ({
  ...{ status: "FAILED", num_successes: 0, num_errors: 0, num_skipped: 0 },
  failure_reason,
});
const MAX_SPANS = 10_000;
const PAGE = 500;

/** Asked before each page of work: lets other requests be answered, and says whether the run is to go on. */
export type GoesOn = () => Promise<boolean>;

/**
 * What can be done without a model: managed code evaluators, over the spans of a project or the runs of experiments. Everything that would
 * call a model or an agent, or run somebody's Python, ends FAILED and says so (`decisions/0037`).
 */
export class TaskExecutor {
  constructor(
    private readonly core: Core,
    private readonly evaluators: Evaluators,
    private readonly spans: Spans,
  ) {}

  /** When the run was cancelled meanwhile, what is answered says how far it came, and no more is written. */
  async execute(
    caller: Caller,
    task: TaskRow,
    run: TaskRunRow,
    request: TriggerTaskRequest,
    goesOn: GoesOn,
  ): Promise<Outcome> {
    if (task.type === "TEMPLATE_EVALUATION")
      return failed("This platform calls no model: a template evaluator is kept, not run.");
    if (task.type === "RUN_EXPERIMENT")
      return failed("This platform calls no model and no agent: the experiment was not made.");
    const checks: Check[] = [];
    for (const attached of attachedTo(task)) {
      const version = await this.evaluators.version(
        { id: attached.evaluator_id },
        attached.evaluator_version_id ?? undefined,
      );
      const config = CodeConfig.parse(readStored(version.config));
      if (config.type !== "MANAGED") return failed(`This platform runs no Python: "${config.name}" is custom code.`);
      if (config.data_granularity === "TRACE" || config.data_granularity === "SESSION")
        return failed(
          `This platform evaluates spans and experiment runs: "${config.name}" looks at a ${config.data_granularity}.`,
        );
      checks.push({ config, attached });
    }
    const override = request.override_evaluations ?? false;
    const verdicts =
      task.project_id === null
        ? await this.#runsOfExperiments(task, checks, request.experiment_ids ?? experimentIdsOf(task), override, goesOn)
        : await this.#spansOfProject(caller, task, run, checks, request.max_spans ?? MAX_SPANS, override, goesOn);
    return outcomeOf(verdicts);
  }

  async #spansOfProject(
    caller: Caller,
    task: TaskRow,
    run: TaskRunRow,
    checks: readonly Check[],
    maxSpans: number,
    override: boolean,
    goesOn: GoesOn,
  ): Promise<Counted> {
    const counted = new Counted();
    const project = await locate(this.core.store.db, "project", task.project_id ?? "");
    if (project === null) return counted;
    for (const { filter, alike } of byFilter(task, checks)) {
      const verdicts = alike.map((check): Check & { found: Verdicts } => ({ ...check, found: new Map() }));
      let cursor: string | undefined;
      let left = maxSpans;
      do {
        if (!(await goesOn())) return counted;
        const page = await this.spans.list(
          project.entity,
          {
            start_time: formatTimestamp(run.data_start_time ?? 0),
            end_time: formatTimestamp(run.data_end_time ?? 0),
            ...(filter !== "" && { filter }),
          },
          { limit: Math.min(PAGE, left), cursor },
        );
        for (const span of page.items)
          for (const { config, attached, found } of verdicts) {
            const there = span.evaluations?.some(({ name }) => name === config.name) === true && !override;
            const sampledOut = task.sampling_rate !== null && Math.random() >= task.sampling_rate;
            const holds = there || sampledOut ? null : evaluate(config, attached.column_mappings, readSpan(span));
            counted.add(holds);
            if (holds !== null) found.set(span.context.span_id, holds);
          }
        left -= page.items.length;
        cursor = left > 0 ? page.pagination.next_cursor : undefined;
      } while (cursor !== undefined);
      for (const { config, found } of verdicts) {
        // What was cancelled while its last page was read is not written.
        if (!(await goesOn())) return counted;
        await evaluateSpans(this.core, caller, project.entity, config.name, found);
      }
    }
    return counted;
  }

  async #runsOfExperiments(
    task: TaskRow,
    checks: readonly Check[],
    experimentIds: readonly string[],
    override: boolean,
    goesOn: GoesOn,
  ): Promise<Counted> {
    const counted = new Counted();
    const experiments = await this.core.store.db
      .selectFrom("experiments")
      .selectAll()
      .where("dataset_id", "=", task.dataset_id)
      .where("id", "in", [...experimentIds])
      .execute();
    for (const experiment of experiments) {
      let after: number | undefined = -1;
      while (after !== undefined) {
        if (!(await goesOn())) return counted;
        after = await this.#pageOfRuns(experiment, after, checks, override, counted);
      }
    }
    return counted;
  }

  /** Under the experiment's lock: another task's verdicts on the same runs stay. @returns the last position of a full page, after which to go on */
  async #pageOfRuns(
    experiment: ExperimentRow,
    after: number,
    checks: readonly Check[],
    override: boolean,
    counted: Counted,
  ): Promise<number | undefined> {
    const { store, clock } = this.core;
    return store.transaction(async (tx) => {
      const locked = await lockExperiment(tx, experiment, clock.now());
      const rows = await tx
        .selectFrom("experiment_runs")
        .leftJoin("dataset_examples", (join) =>
          join
            .on("dataset_examples.version_id", "=", locked.dataset_version_id)
            .onRef("dataset_examples.example_id", "=", "experiment_runs.example_id"),
        )
        .select([
          "run_id",
          "experiment_runs.position",
          "experiment_runs.data as run",
          "dataset_examples.data as example",
        ])
        .where("experiment_id", "=", locked.id)
        .where("experiment_runs.position", ">", after)
        .orderBy("experiment_runs.position")
        .limit(PAGE)
        .execute();
      const columns: Columns = new Map();
      for (const row of rows) {
        const data = readStoredObject(row.run);
        const example = row.example === null ? {} : readStoredObject(row.example);
        const written: JsonObject = {};
        for (const { config, attached } of checks) {
          const there = `eval.${config.name}.score` in data && !override;
          const holds = there ? null : evaluate(config, attached.column_mappings, readRun(data, example));
          counted.add(holds);
          if (holds === null) continue;
          written[`eval.${config.name}.label`] = String(holds);
          written[`eval.${config.name}.score`] = holds ? 1 : 0;
        }
        if (Object.keys(written).length === 0) continue;
        widen(columns, [written]);
        await tx
          .updateTable("experiment_runs")
          .set({ data: JSON.stringify({ ...data, ...written }) })
          .where("experiment_id", "=", locked.id)
          .where("run_id", "=", row.run_id)
          .execute();
      }
      // Who reads over Flight sees the columns that are known.
      await widenColumns(tx, locked, columns);
      return rows.length < PAGE ? undefined : rows.at(-1)?.position;
    });
  }
}

/** Evaluators that look at the same spans, so that each page of these is read once. Of one name, the second sees what the first said. */
function byFilter(task: TaskRow, checks: readonly Check[]): { filter: string; alike: Check[] }[] {
  const groups: { filter: string; alike: Check[] }[] = [];
  for (const check of checks) {
    const filter = [task.query_filter, check.config.query_filter, check.attached.query_filter]
      .filter((part) => part !== null && part !== undefined && part.trim() !== "")
      .map((part) => `(${part})`)
      .join(" and ");
    const group = groups.find(
      (one) => one.filter === filter && one.alike.every(({ config }) => config.name !== check.config.name),
    );
    if (group === undefined) groups.push({ filter, alike: [check] });
    else group.alike.push(check);
  }
  return groups;
}

class Counted {
  successes = 0;
  skipped = 0;

  add(holds: boolean | null): void {
    if (holds === null) this.skipped += 1;
    else this.successes += 1;
  }
}

function outcomeOf({ successes, skipped }: Counted): Outcome {
  const counts = { num_successes: successes, num_errors: 0, num_skipped: skipped };
  if (successes > 0) return { status: "COMPLETED", ...counts, failure_reason: null };
  return {
    status: "CANCELLED",
    ...counts,
    failure_reason:
      skipped === 0
        ? "No data matched."
        : "Everything that matched has been evaluated, lacks the evaluators' variables, or was not sampled; trigger with override_evaluations to evaluate again.",
  };
}

/** `attributes.input.value` and `input.value` are the same. */
const readSpan =
  ({ attributes = {}, context, ...fields }: Span): ReadField =>
  (name) =>
    attributes[name.replace(/^attributes\./, "")] ??
    new Map<string, unknown>(Object.entries({ ...fields, ...context })).get(name);

const readRun =
  (run: JsonObject, example: JsonObject): ReadField =>
  (name) =>
    run[name] ?? example[name] ?? example[name.replace(/^dataset\./, "")];
