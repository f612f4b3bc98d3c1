import { ArizeError } from "../errors/base.js";
import type { ExperimentOutcome } from "./types.js";

/** The experiment ran to its end, but could not be stored. `runs` holds the outcomes, so that the work is not lost. */
export class ExperimentNotStoredError extends ArizeError {
  override readonly name: string = "ExperimentNotStoredError";
  readonly runs: readonly ExperimentOutcome[];

  constructor(name: string, runs: readonly ExperimentOutcome[], cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`Experiment ${JSON.stringify(name)} ran over ${runs.length} examples but was not stored whole: ${reason}`, {
      cause,
    });
    this.runs = runs;
  }
}
