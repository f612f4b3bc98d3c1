import type { JsonObject, JsonValue } from "@axlab/wire";
import type { ExperimentRun, ExperimentRunInput } from "@axlab/wire/rest";

import type { Evaluation, ExperimentOutcome, TokenUsage, TraceReference } from "../types.js";

const LATENCY = "latency_ms";
const TRACE_ID = "result.trace.id";
const TRACE_TIMESTAMP = "result.trace.timestamp";
const TOKENS = {
  prompt: "llm.token_count.prompt",
  completion: "llm.token_count.completion",
  total: "llm.token_count.total",
};
const PART = /^eval\.(.+?)\.(score|label|explanation|trace\.id|trace\.timestamp|metadata\.(.+))$/s;
const EVALUATOR_FAILED = /^Evaluator .+ failed on example /s;

/**
 * A run as the API stores it (`spec/flight.md` §6.6): evaluations lie flat in `eval.<name>.score`, `.label`, `.explanation`, traces in
 * `result.trace.id` and `.timestamp`. Latency and tokens have columns of their own, so that they are known when the run is read back.
 */
export function runRow({ exampleId, output, error, evaluations, ...more }: ExperimentOutcome): ExperimentRunInput {
  const { milliseconds, tokens, trace } = more;
  const row: ExperimentRunInput = { example_id: exampleId, output: output === undefined ? "" : outputText(output) };
  const add = (column: string, value: JsonValue | undefined): void => {
    if (value !== undefined) row[column] = value;
  };
  add("error", error);
  add(LATENCY, milliseconds);
  add(TOKENS.prompt, tokens?.prompt);
  add(TOKENS.completion, tokens?.completion);
  add(TOKENS.total, tokens?.total);
  add(TRACE_ID, trace?.id);
  add(TRACE_TIMESTAMP, trace?.timestamp);
  for (const name of Object.keys(evaluations)) addEvaluation(add, `eval.${name}`, evaluations[name] ?? {});
  return row;
}

/** Text stays as it is; anything else becomes JSON text, since the API stores outputs as strings. */
export function outputText(output: JsonValue): string {
  return typeof output === "string" ? output : JSON.stringify(output);
}

/** The outcome that a stored run tells of, whichever client stored it. Outputs are texts, as the API gives them. */
export function outcomeOf(run: ExperimentRun): ExperimentOutcome {
  const parts = new Map<string, Record<string, unknown>>();
  for (const [column, value] of Object.entries(run)) {
    const [, name, part, key] = PART.exec(column) ?? [];
    if (name === undefined || part === undefined || value === null) continue;
    const evaluation = parts.get(name) ?? {};
    parts.set(name, evaluation);
    if (key === undefined) evaluation[part] = value;
    else evaluation["metadata"] = { ...(evaluation["metadata"] ?? {}), [key]: value };
  }
  const failed = run.error != null && run.error !== "";
  return {
    exampleId: run.example_id ?? "",
    ...(failed ? { error: run.error ?? "" } : { output: run.output ?? null }),
    evaluations: Object.fromEntries([...parts].map(([name, found]) => [name, evaluationOf(found)])),
    ...present({
      milliseconds: numberOf(run[LATENCY]),
      tokens: tokensOf(run),
      trace: traceOf(run[TRACE_ID], run[TRACE_TIMESTAMP]),
    }),
  };
}

function addEvaluation(
  add: (column: string, value: JsonValue | undefined) => void,
  prefix: string,
  { score, label, explanation, error, metadata, trace }: Evaluation,
): void {
  add(`${prefix}.score`, score);
  add(`${prefix}.label`, label);
  add(`${prefix}.explanation`, error ?? explanation);
  add(`${prefix}.trace.id`, trace?.id);
  add(`${prefix}.trace.timestamp`, trace?.timestamp);
  if (metadata === undefined) return;
  for (const [key, value] of Object.entries(metadata)) add(`${prefix}.metadata.${key}`, primitive(value));
}

function evaluationOf(parts: Record<string, unknown>): Evaluation {
  const { score, label, explanation, metadata } = parts;
  const failed =
    typeof explanation === "string" && score === undefined && label === undefined && EVALUATOR_FAILED.test(explanation);
  return present({
    score: numberOf(score),
    label: typeof label === "string" ? label : undefined,
    [failed ? "error" : "explanation"]: typeof explanation === "string" ? explanation : undefined,
    // boundary: its values come from a JSON answer.
    metadata: metadata as JsonObject | undefined,
    trace: traceOf(parts["trace.id"], parts["trace.timestamp"]),
  });
}

function tokensOf(run: ExperimentRun): TokenUsage | undefined {
  const tokens = present({
    prompt: numberOf(run[TOKENS.prompt]),
    completion: numberOf(run[TOKENS.completion]),
    total: numberOf(run[TOKENS.total]),
  });
  return Object.keys(tokens).length === 0 ? undefined : tokens;
}

function traceOf(id: unknown, timestamp: unknown): TraceReference | undefined {
  return typeof id === "string" ? { id, timestamp: numberOf(timestamp) ?? 0 } : undefined;
}

const numberOf = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

const primitive = (value: JsonValue): JsonValue =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : value;

type Present<Fields> = { [Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name] } & {
  [Name in keyof Fields as undefined extends Fields[Name] ? Name : never]?: Exclude<Fields[Name], undefined>;
};

/** Without the fields that are undefined: an absent field and one that is undefined are two things to JSON Schema and to `toEqual`. */
function present<Fields extends object>(fields: Fields): Present<Fields> {
  const left: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) left[name] = value;
  // boundary: what is left is what the type says.
  return left as Present<Fields>;
}
