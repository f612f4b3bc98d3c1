import type { JsonValue } from "@axlab/wire";

import type { Evaluator } from "../types.js";
import { asText, valueOf, type Expected } from "./example-fields.js";
import { truth } from "./evaluations.js";

export interface TextOptions {
  /** Default true. */
  readonly caseSensitive?: boolean | undefined;
}

/** True when the output equals the expected value; objects and lists by their contents. */
export function exactMatch(expected: Expected): Evaluator {
  return {
    name: "exact_match",
    evaluate: ({ example, output }) => canonical(output) === canonical(valueOf(expected, example)),
  };
}

/** True when the output, as text, holds the text (or every one of several). */
export function contains(text: string | readonly string[], { caseSensitive = true }: TextOptions = {}): Evaluator {
  const wanted = typeof text === "string" ? [text] : text;
  const fold = (value: string) => (caseSensitive ? value : value.toLowerCase());
  return {
    name: "contains",
    evaluate: ({ output }) => {
      const missing = wanted.filter((each) => !fold(asText(output)).includes(fold(each)));
      const explanation = missing.length === 0 ? undefined : `missing: ${missing.join(", ")}`;
      return { ...truth(missing.length === 0), explanation };
    },
  };
}

/** True when the pattern matches somewhere in the output. */
export function regex(pattern: RegExp): Evaluator {
  // A pattern with `g` or `y` remembers where it was, and would answer differently for the next example.
  const stateless = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ""));
  return { name: "regex", evaluate: ({ output }) => stateless.test(asText(output)) };
}

/** True when the output is JSON text, or a value that is not text. */
export function jsonValid(): Evaluator {
  return {
    name: "json_valid",
    evaluate: ({ output }) => {
      if (typeof output !== "string") return truth(true);
      try {
        JSON.parse(output);
        return truth(true);
      } catch (error) {
        return { ...truth(false), explanation: error instanceof Error ? error.message : undefined };
      }
    },
  };
}

/** Likeness of output and expected text: 1 for equal, 0 for nothing in common (1 − edit distance / longer length). */
export function levenshtein(expected: Expected): Evaluator {
  return {
    name: "levenshtein",
    evaluate: ({ example, output }) => {
      const left = [...asText(output)];
      const right = [...asText(valueOf(expected, example))];
      const longer = Math.max(left.length, right.length);
      const distance = editDistance(left, right);
      return { score: longer === 0 ? 1 : 1 - distance / longer, explanation: `edit distance ${distance}` };
    },
  };
}

/** JSON with the keys of every object in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: JsonValue) =>
    typeof item === "object" && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([left], [right]) => (left < right ? -1 : 1)))
      : item,
  ) ?? "undefined"; // prettier-ignore
}

function editDistance(left: readonly string[], right: readonly string[]): number {
  let previous = right.map((_, index) => index + 1);
  left.forEach((character, row) => {
    let diagonal = row;
    let beside = row + 1;
    previous = previous.map((above, column) => {
      const cost = Math.min(above + 1, beside + 1, diagonal + (character === right[column] ? 0 : 1));
      diagonal = above;
      beside = cost;
      return cost;
    });
  });
  return previous.at(-1) ?? left.length;
}
