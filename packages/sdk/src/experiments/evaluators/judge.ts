import type { JsonObject, JsonValue } from "@axlab/wire";
import type { DatasetExample } from "@axlab/wire/rest";

import { ValidationError } from "../../errors/client.js";
import { JudgeError } from "../../errors/experiments.js";
import type { EvaluationParts, Evaluator } from "../types.js";
import { asText } from "./example-fields.js";

export interface JudgeOptions {
  /** Default `judge`. */
  readonly name?: string | undefined;
  /**
   * What the model is asked. `{{output}}` stands for the task's output and `{{field}}` for a field of the example; what is not text is
   * written as JSON.
   */
  readonly template: string;
  /** Asks a model. Rate limits it throws are waited out as those of a task. */
  readonly complete: (prompt: string, context: { readonly signal: AbortSignal }) => string | Promise<string>;
  /** The words it may answer; with numbers, each is also a score. */
  readonly labels: readonly string[] | Readonly<Record<string, number>>;
}

/**
 * An evaluator that asks a model. The completion holds exactly one of the labels, in any case and with whatever around it, or is JSON
 * `{ "label", "explanation" }`; what it says beside the label becomes the explanation. Anything else is an error of the evaluation.
 * @throws ValidationError for a template without `{{output}}` and for bad labels
 */
export function llmJudge({ name = "judge", template, complete, labels }: JudgeOptions): Evaluator {
  const scores = new Map<string, number | undefined>(
    isNames(labels) ? labels.map((label) => [label, undefined]) : Object.entries(labels),
  );
  refuseBadJudge(template, isNames(labels) ? labels : Object.keys(labels));
  return {
    name,
    evaluate: async ({ example, output, signal }) => {
      const completion: unknown = await complete(filled(template, example, output), { signal });
      if (typeof completion !== "string") throw new JudgeError(`the judge answered ${typeof completion}, not text`);
      const { label, explanation } = verdictOf(completion, [...scores.keys()]);
      return { label, score: scores.get(label), explanation } satisfies EvaluationParts;
    },
  };
}

const PLACEHOLDER = /\{\{\s*([^{}]+?)\s*\}\}/g;

function filled(template: string, example: DatasetExample, output: JsonValue): string {
  return template.replace(PLACEHOLDER, (whole, field: string) => {
    if (field === "output") return asText(output);
    if (Object.hasOwn(example, field)) return asText(example[field]);
    const fields = Object.keys(example).join(", ");
    throw new JudgeError(`the template asks for ${whole}, and the example has no such field: it has ${fields}`);
  });
}

interface Verdict {
  readonly label: string;
  readonly explanation: string | undefined;
}

function verdictOf(completion: string, labels: readonly string[]): Verdict {
  const json = jsonObject(completion);
  const said = typeof json?.["label"] === "string" ? json["label"] : completion;
  const found = labelsIn(said, labels);
  const [label] = found;
  if (label === undefined || found.length > 1) {
    const which =
      found.length > 1 ? `several of the labels (${found.join(", ")})` : `none of the labels ${labels.join(", ")}`;
    throw new JudgeError(`the judge's answer holds ${which}: ${shortened(completion)}`);
  }
  const explanation = json?.["explanation"];
  if (typeof explanation === "string") return { label, explanation };
  const bare = completion
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
  return { label, explanation: bare === label.toLowerCase() ? undefined : completion.trim() };
}

/** Those that stand in the text as words of their own; a label that is part of a longer one found in the same place is not counted. */
function labelsIn(text: string, labels: readonly string[]): string[] {
  let rest = text;
  return [...labels]
    .sort((left, right) => right.length - left.length)
    .filter((label) => {
      const escaped = label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      const alone = new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, "giu");
      const without = rest.replace(alone, " ");
      const found = without !== rest;
      rest = without;
      return found;
    });
}

/** JSON as models write it: bare, or in a fenced block. */
function jsonObject(completion: string): JsonObject | undefined {
  const [, fenced] = /```(?:json)?\s*([\s\S]*?)```/.exec(completion) ?? [];
  try {
    const value: unknown = JSON.parse(fenced ?? completion);
    // boundary: what JSON.parse makes of an object.
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

function shortened(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}

function refuseBadJudge(template: string, labels: readonly string[]): void {
  const folded = labels.map((label) => label.trim().toLowerCase());
  const issues = [
    ...([...template.matchAll(PLACEHOLDER)].some(([, field]) => field === "output")
      ? []
      : [{ path: "template", message: "does not hold {{output}}, so the judge would not see what it judges" }]),
    ...(labels.length === 0 ? [{ path: "labels", message: "must name at least one" }] : []),
    ...(folded.includes("") ? [{ path: "labels", message: "must not be empty" }] : []),
    ...(new Set(folded).size < folded.length ? [{ path: "labels", message: "must differ by more than case" }] : []),
  ];
  if (issues.length > 0) throw new ValidationError("Bad judge", issues);
}

function isNames(labels: JudgeOptions["labels"]): labels is readonly string[] {
  return Array.isArray(labels);
}
