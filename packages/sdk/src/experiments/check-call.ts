import { ValidationError, type ValidationIssue } from "../errors/client.js";
import { isBlank } from "../is-blank.js";
import { nameIssues } from "../rest/validate.js";

/** What is known of the arguments of a call before they are looked at: callers without types may give anything. */
interface Call {
  readonly name?: unknown;
  readonly dataset?: unknown;
  readonly task?: unknown;
  readonly dryRun?: unknown;
}

/**
 * Before any request and any task: an experiment that ran without a name could not be stored.
 * @throws ValidationError naming every argument that cannot be meant
 */
export function checkRun({ name, dataset, task, dryRun }: Call): void {
  raise([
    ...nameIssues(name, "the experiment"),
    ...unless(!isBlank(dataset), "dataset", "is required: the id or the name of a dataset"),
    ...unless(typeof task === "function", "task", NEEDED_TASK),
    ...unless(
      dryRun === undefined || typeof dryRun === "boolean" || (Number.isInteger(dryRun) && Number(dryRun) >= 1),
      "dryRun",
      "must be true, false, or a whole number of examples from 1",
    ),
  ]);
}

/** As `checkRun`, for an experiment that is there. */
export function checkResume(experiment: unknown, { task }: Call): void {
  raise([
    ...unless(!isBlank(experiment), "experiment", "is required: the id or the name of an experiment"),
    ...unless(typeof task === "function", "task", NEEDED_TASK),
  ]);
}

const NEEDED_TASK = "must be a function that makes an output from an example";

const unless = (fine: boolean, path: string, message: string): ValidationIssue[] => (fine ? [] : [{ path, message }]);

function raise(issues: readonly ValidationIssue[]): void {
  if (issues.length > 0) throw new ValidationError("Bad experiment", issues);
}
