import type { DatasetExample } from "@axlab/wire/rest";

/** Where the right answer is: the name of a field of the example, or a function of the example. */
export type Expected = string | ((example: DatasetExample) => unknown);

export function valueOf(expected: Expected, example: DatasetExample): unknown {
  return typeof expected === "function" ? expected(example) : example[expected];
}

export function asText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
