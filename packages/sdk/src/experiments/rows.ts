import type { JsonObject, JsonValue } from "@axlab/wire";
import type { ExperimentRunInput } from "@axlab/wire/rest";

import type { Evaluation, ExperimentOutcome } from "./types.js";

/** A run as the API stores it: evaluations lie flat in `eval.<name>.score`, `.label`, `.explanation`. */
export function runRow({ exampleId, output, error, evaluations }: ExperimentOutcome): ExperimentRunInput {
  const columns = Object.entries(evaluations).flatMap(([name, evaluation]) => evaluationColumns(name, evaluation));
  return {
    example_id: exampleId,
    output: output === undefined ? "" : outputText(output),
    ...(error === undefined ? {} : { error }),
    ...Object.fromEntries(columns),
  };
}

/** Text stays as it is; anything else becomes JSON text, since the API stores outputs as strings. */
export function outputText(output: JsonValue): string {
  return typeof output === "string" ? output : JSON.stringify(output);
}

function evaluationColumns(name: string, { score, label, explanation, error }: Evaluation): [string, JsonValue][] {
  const said = error === undefined ? explanation : `The evaluator failed: ${error}`;
  const columns: JsonObject = {
    ...(score === undefined ? {} : { score }),
    ...(label === undefined ? {} : { label }),
    ...(said === undefined ? {} : { explanation: said }),
  };
  return Object.entries(columns).map(([column, value]) => [`eval.${name}.${column}`, value]);
}
