import type { OfficialClient } from "./cases/index.js";
import type { Difference } from "./observe.js";

/** A difference between an official client's wire and ours that is meant, and why. */
export interface KnownDifference {
  /** Shown in the table. */
  readonly name: string;
  readonly clients: readonly OfficialClient[];
  readonly where: RegExp;
  /** Cases it occurs in; every case when absent. */
  readonly cases?: RegExp;
  readonly reason: string;
}

const both: readonly OfficialClient[] = ["v7", "v8"];

/** What is not listed here must be equal; what is listed here must occur. */
export const KNOWN: readonly KnownDifference[] = [
  {
    name: "who sends",
    clients: both,
    where: /^header (grpc-metadata-)?(sdk-language|sdk-version|sdk-package-name|language-version)$/,
    reason: "Each client says what it is: language, version and package. v7 names no package.",
  },
  {
    name: "request id",
    clients: both,
    where: /^header x-request-id$/,
    reason: "The SDK gives each HTTP request an id of its own, which errors repeat. The official clients send none.",
  },
  {
    name: "pandas metadata",
    clients: both,
    where: /^metadata pandas$/,
    reason: "pyarrow describes the data frame in the Arrow schema. It carries no meaning for ingest, and there is no data frame here.",
  },
  {
    name: "old space header",
    clients: ["v7"],
    where: /^header ((grpc-metadata-)?space_id|space-id)$/,
    reason: "v7 repeats the space id under names that v8 no longer sends.",
  },
  {
    name: "sync",
    clients: ["v7"],
    where: /^header sync$/,
    cases: /^(spans|evaluations over HTTP)/,
    reason: "v7 asks for a late answer in `log` alone; the SDK does for spans and evaluations too unless told otherwise.",
  },
  {
    name: "sync",
    clients: ["v8"],
    where: /^header sync$/,
    reason: "v8 sends no `sync` at all; the SDK asks to be answered once the rows can be queried, as v7 can.",
  },
  {
    name: "LLM mark",
    clients: ["v8"],
    where: /^record\.is_generative_llm_record$/,
    reason: "v7 says on every single record whether it is of a language model, and so does the SDK; v8 does not.",
  },
  {
    name: "whole numbers in lists",
    clients: both,
    where: /^type of truth$/,
    cases: /^MULTI_CLASS/,
    reason: "JavaScript does not tell 1 from 1.0, so numbers inside lists are always doubles; the values are equal.",
  },
  {
    name: "integers with gaps",
    clients: both,
    where: /^type of rooms$/,
    cases: /^integers with gaps$/,
    reason: "pandas turns integers into doubles where one is missing; the SDK keeps 64-bit integers with a null.",
  },
  {
    name: "unit of times",
    clients: both,
    where: /^type of when$/,
    cases: /^times$/,
    reason: "A Date counts milliseconds, pandas nanoseconds; the times are equal, and the type says which it is.",
  },
  {
    name: "own attributes",
    clients: ["v7"],
    where: /^(type|value) of attributes\.shop\./,
    cases: /^spans, attributes of one's own$/,
    reason: "v7 drops attributes that it does not know; v8 and the SDK send them.",
  },
  {
    name: "missing lists",
    clients: ["v8"],
    where: /^value of attributes\.(llm\.input_messages|retrieval\.documents)\[\d+\]$/,
    cases: /^spans, attributes$/,
    reason: "Where a span has no such list v8 sends an empty one, v7 and the SDK send null.",
  },
  {
    name: "time of the call",
    clients: both,
    where: /^value of annotation\..*updated_at(\[\d+\])?$/,
    cases: /^annotations, .*filled in|^annotations, text/,
    reason: "Each call fills in its own time.",
  },
  {
    name: "writing of JSON",
    clients: both,
    where: /^text of /,
    reason: "The same JSON: Python puts blanks after commas and colons, and in some places escapes what is not ASCII.",
  },
]; // prettier-ignore

export const isKnown = (known: KnownDifference, client: OfficialClient, id: string, { where }: Difference): boolean =>
  known.clients.includes(client) && known.where.test(where) && (known.cases?.test(id) ?? true);
