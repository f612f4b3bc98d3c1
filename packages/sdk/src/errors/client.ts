import { ArizeError } from "./base.js";

/** A setting is missing, malformed, or contradicts another one. Thrown before any request. */
export class ConfigurationError extends ArizeError {
  override readonly name: string = "ConfigurationError";
}

/** One thing that is wrong with an input. */
export interface ValidationIssue {
  /** Where, in the caller's own terms: `examples[3].id`, `column "age"`. */
  readonly path: string;
  /** What is wrong and what would be right. */
  readonly message: string;
}

const ISSUES_SHOWN = 10;

/** The input was refused before any request; nothing was changed. `issues` lists everything found, not only the first. */
export class ValidationError extends ArizeError {
  override readonly name: string = "ValidationError";
  readonly issues: readonly ValidationIssue[];

  constructor(subject: string, issues: readonly ValidationIssue[]) {
    const shown = issues.slice(0, ISSUES_SHOWN).map(({ path, message }) => (path ? `${path}: ${message}` : message));
    const rest = issues.length - shown.length;
    super(`${subject}: ${shown.join("; ")}${rest > 0 ? `; and ${rest} more` : ""}`);
    this.issues = issues;
  }
}

/** What a request was, for errors that have no response to name. */
export interface RequestFacts {
  readonly method: string;
  readonly path: string;
  readonly requestId?: string | undefined;
  /** How many times it was tried. */
  readonly attempts?: number | undefined;
}

/** The request did not reach the server, or its answer did not arrive whole. */
export class ConnectionError extends ArizeError {
  override readonly name: string = "ConnectionError";
  readonly method: string;
  readonly path: string;
  readonly requestId: string | undefined;
  readonly attempts: number;
  /** The system's code when there is one, such as `ECONNREFUSED`. */
  readonly code: string | undefined;

  constructor(message: string, request: RequestFacts, code?: string) {
    super(message);
    this.method = request.method;
    this.path = request.path;
    this.requestId = request.requestId;
    this.attempts = request.attempts ?? 1;
    this.code = code;
  }
}

/** One attempt took longer than the timeout. The server may still have done what was asked. */
export class TimeoutError extends ConnectionError {
  override readonly name: string = "TimeoutError";
}

/** The caller's signal was aborted. Named as the platform's own, so that `error.name === "AbortError"` holds. */
export class AbortError extends ArizeError {
  override readonly name: string = "AbortError";
}

/** A name given in place of an id matches nothing that the key may see. */
export class ResolutionError extends ArizeError {
  override readonly name: string = "ResolutionError";
}

/** A name given in place of an id matches several resources: use one of `candidates`. */
export class AmbiguousNameError extends ResolutionError {
  override readonly name: string = "AmbiguousNameError";
  readonly candidates: readonly string[];

  constructor(message: string, candidates: readonly string[]) {
    super(message);
    this.candidates = candidates;
  }
}

/** A write that takes several requests stopped in the middle: the first `landed` of `total` rows are stored, the rest are not. */
export class PartialWriteError extends ArizeError {
  override readonly name: string = "PartialWriteError";
  readonly landed: number;
  readonly total: number;
  /** Global id of the dataset, experiment or project that holds the rows. */
  readonly resourceId: string;

  constructor(
    what: { readonly resource: string; readonly resourceId: string; readonly landed: number; readonly total: number },
    cause: unknown,
  ) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `Rows 0 to ${what.landed - 1} of ${what.total} are stored in ${what.resource} ${what.resourceId}, the rest are not: ${reason}`,
      { cause },
    );
    this.landed = what.landed;
    this.total = what.total;
    this.resourceId = what.resourceId;
  }
}
