import type { JsonObject, JsonValue } from "@axlab/wire";
import { hexText, type PlainAttributes } from "@axlab/wire/otlp";
import type { DatasetExample } from "@axlab/wire/rest";

import type { Clock } from "../../transport/clock.js";
import type { Evaluation, TokenUsage, TraceReference } from "../types.js";
import type { Within } from "./otel.js";
import type { SpanSender } from "./sender.js";

/** What every task's span says of the experiment. */
export interface TraceMetadata {
  readonly experiment_id: string;
  readonly experiment_name: string;
  readonly dataset_id: string;
  readonly dataset_name: string;
  readonly dataset_version_id?: string;
}

/** A task or an evaluator under way. */
export interface OpenSpan {
  readonly trace: TraceReference;
  /** Runs the work so that the user's own spans lie below this one. */
  within<Result>(work: () => Result): Result;
  end(attributes: PlainAttributes, error?: Error): void;
}

/** The spans of an experiment, as the official client sends them (`spec/flight.md` §7): a trace for each task and each evaluation. */
export class Tracer {
  readonly #sender: Pick<SpanSender, "add">;
  readonly #metadata: TraceMetadata;
  readonly #clock: Clock;
  readonly #within: Within;

  constructor(sender: Pick<SpanSender, "add">, metadata: TraceMetadata, clock: Clock, within: Within | undefined) {
    this.#sender = sender;
    this.#metadata = metadata;
    this.#clock = clock;
    this.#within = within ?? ((_, work) => work());
  }

  task(name: string, example: DatasetExample): OpenSpan {
    return this.#begin(`Task: ${name}`, {
      "openinference.span.kind": "CHAIN",
      metadata: JSON.stringify(this.#metadata),
      "input.value": JSON.stringify(example),
      "input.mime_type": "application/json",
    });
  }

  evaluation(name: string): OpenSpan {
    return this.#begin(`Evaluation: ${name}`, {
      "openinference.span.kind": "EVALUATOR",
      metadata: JSON.stringify({ experiment_name: this.#metadata.experiment_name }),
    });
  }

  #begin(name: string, given: PlainAttributes): OpenSpan {
    const ids = { traceId: randomHex(16), spanId: randomHex(8) };
    const start = this.#clock.now();
    return {
      trace: { id: ids.traceId, timestamp: start },
      within: (work) => this.#within(ids, work),
      end: (attributes, error) =>
        this.#sender.add({
          ...ids,
          name,
          start,
          end: this.#clock.now(),
          attributes: { ...given, ...attributes },
          error: error && { type: error.name, message: error.message },
        }),
    };
  }
}

export function taskAttributes(output: JsonValue | undefined, tokens: TokenUsage | undefined): PlainAttributes {
  const counts = Object.entries(tokens ?? {}).map(([part, count]) => [`llm.token_count.${part}`, count ?? 0] as const);
  if (output === undefined) return Object.fromEntries(counts);
  const value = typeof output === "string" ? output : JSON.stringify(output);
  return {
    "output.value": value,
    ...(typeof output === "string" ? {} : { "output.mime_type": "application/json" }),
    ...Object.fromEntries(counts),
  };
}

export function evaluationAttributes({ score, label, explanation, metadata = {} }: Evaluation): PlainAttributes {
  const plain: JsonObject = {
    ...(score === undefined ? {} : { score }),
    ...(label === undefined ? {} : { label }),
    ...(explanation === undefined ? {} : { explanation }),
    ...Object.fromEntries(Object.entries(metadata).map(([key, value]) => [`metadata.${key}`, value])),
  };
  return Object.fromEntries(
    Object.entries(plain).map(([key, value]) => [key, typeof value === "object" ? JSON.stringify(value) : value]),
  );
}

/** Random bytes by the thousand: asked for by eight, they cost more than the rest of a span. */
const RANDOM = new Uint8Array(4096);
let taken = RANDOM.length;

function randomHex(bytes: number): string {
  if (taken + bytes > RANDOM.length) {
    crypto.getRandomValues(RANDOM);
    taken = 0;
  }
  taken += bytes;
  return hexText(RANDOM.subarray(taken - bytes, taken));
}
