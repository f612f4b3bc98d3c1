import type { TabularFile } from "@axlab/sdk/files";
import type { LogCommandOptions } from "./command.js";
import { failureOf } from "./failure.js";
import { count, shown } from "./ranges.js";
import type { Outcome } from "./send-rows.js";
import type { Rows } from "./shard.js";
import type { LogState } from "./state.js";

export interface Finished {
  readonly file: TabularFile;
  readonly options: LogCommandOptions;
  /** Rows that were to be logged: the file's, or the shard's. */
  readonly span: Rows;
  readonly left: readonly Rows[];
  readonly state: LogState;
  readonly outcome: Outcome;
  /** Why the state is not on the disk; a later run will not know what landed. */
  readonly unsaved: Error | undefined;
}

/** Says what came of it, for people or as one JSON object. @returns the exit code */
export function report(finished: Finished): number {
  const { left, outcome, unsaved } = finished;
  const code = unsaved ? 1 : left.length === 0 ? 0 : outcome.failure === undefined || outcome.stopped ? 130 : 1;
  if (finished.options.json) process.stdout.write(`${JSON.stringify(asJson(finished, code))}\n`);
  else if (code === 0) process.stdout.write(`${done(finished)}\n`);
  if (code !== 0) process.stderr.write(`axlab: ${unfinished(finished)}\n`);
  return code;
}

/** What `--json` says where it failed before the rows were known; without a call, the call itself was refused. Null is not known. */
export function reportUnread(error: unknown, call?: { path: string; options: LogCommandOptions }): void {
  const said = {
    status: "failed",
    file: call?.path ?? null,
    format: null,
    model: call?.options.modelId ?? null,
    environment: call?.options.environment ?? null,
    shard: call === undefined ? null : shardName(call.options),
    span: null,
    landed: null,
    missing: null,
    rows: 0,
    requests: 0,
    bytes: 0,
    seconds: 0,
    state: null,
    url: null,
    error: failureOf(error),
  };
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

const shardName = ({ shard }: LogCommandOptions): string => `${shard.index}/${shard.of}`;

/** Stable: what scripts may rely on. Ranges are rows of the file, counted from 0, `end` excluded. */
function asJson({ file, options, span, left, state, outcome, unsaved }: Finished, code: number): object {
  const failure = outcome.failure ?? unsaved;
  return {
    status: code === 0 ? "done" : code === 130 ? "stopped" : "failed",
    file: file.name,
    format: file.format,
    model: options.modelId,
    environment: options.environment,
    shard: shardName(options),
    span,
    landed: state.landed,
    missing: left,
    rows: outcome.rows,
    requests: outcome.requests,
    bytes: outcome.bytes,
    seconds: Number(outcome.seconds.toFixed(3)),
    state: state.path,
    url: outcome.url ?? null,
    error: failure === undefined ? null : failureOf(failure),
  };
}

function done({ file, options, span, outcome, state }: Finished): string {
  const what = `${file.name} to ${options.modelId}`;
  if (count([span]) === 0) return `Nothing to do: ${empty(file, options)}; nothing was sent`;
  if (outcome.rows === 0)
    return `Nothing to do: ${count([span])} rows of ${what} have landed already (${state.path}; --restart sends them again)`;
  const rate = Math.round(outcome.rows / Math.max(outcome.seconds, 0.001));
  return `Logged rows ${shown([span])} of ${what}: ${outcome.rows} rows now, ${outcome.requests} requests, ${(outcome.bytes / 1e6).toFixed(1)} MB, ${outcome.seconds.toFixed(1)} s, ${rate} rows/s`;
}

const empty = ({ name }: TabularFile, { shard }: LogCommandOptions): string =>
  shard.of === 1 ? `${name} has no rows` : `part ${shard.index}/${shard.of} of ${name} has no rows`;

function unfinished({ left, state, outcome, span, unsaved }: Finished): string {
  const why = outcome.failure?.message ?? unsaved?.message ?? "stopped";
  const counted = outcome.failure === undefined || span.start === 0 ? "" : " (rows in this message are counted from the first that was still missing)"; // prettier-ignore
  const landed = state.landed.length === 0 ? "no rows" : `rows ${shown(state.landed)}`;
  const missing = left.length === 0 ? "none are missing" : `rows ${shown(left)} have not`;
  const next =
    unsaved === undefined
      ? `The same command again goes on from there (${state.path}).`
      : `That could not be written to ${state.path} (${unsaved.message}), so the same command would send rows again that have landed: note which, make the file writable, or log what is missing from a file of its own.`;
  return `${why}${counted}\naxlab: ${landed} have landed, ${missing}. ${next}`;
}
