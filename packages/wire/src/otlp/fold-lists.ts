import { SPAN_COLUMNS } from "../ingest/index.js";
import type { Attributes, AttributeValue } from "./attributes.js";

const LIST_ATTRIBUTES = Object.entries(SPAN_COLUMNS)
  .filter(([, kind]) => kind === "json list")
  .map(([column]) => column.replace(/^attributes\./, ""));

/**
 * OpenTelemetry attributes cannot hold lists of objects, so OpenInference instrumentation spells them out:
 * `llm.input_messages.0.message.role`. Span tables keep the list: `llm.input_messages: [{"message.role": …}]`
 * (spec/ingest.md §6). Folds the list columns of a span table, and lists inside their items; other keys stay as they are.
 */
export function foldLists(attributes: Attributes): Attributes {
  const entries = Object.entries(attributes);
  if (!entries.some(([key]) => isSpelledOut(key))) return attributes;
  const plain = entries.filter(([key]) => !isSpelledOut(key));
  return { ...Object.fromEntries(plain), ...fold(entries.filter(([key]) => isSpelledOut(key))) };
}

const PREFIXES = LIST_ATTRIBUTES.map((list) => `${list}.`);
const isSpelledOut = (key: string): boolean => PREFIXES.some((prefix) => key.startsWith(prefix));

interface Item {
  whole?: AttributeValue;
  readonly fields: [string, AttributeValue][];
}

const MAX_DEPTH = 8;

/** Items are taken in the order of their indices; gaps close. Beyond MAX_DEPTH keys stay spelled out. */
function fold(attributes: readonly [string, AttributeValue][], depth = 0): Attributes {
  const folded: [string, AttributeValue][] = [];
  const lists = new Map<string, Map<number, Item>>();
  for (const [key, value] of attributes) {
    const [, list, index, rest] = /^(.*?)\.(\d{1,9})(?:\.(.*))?$/.exec(key) ?? [];
    if (list === undefined || index === undefined || depth === MAX_DEPTH) {
      folded.push([key, value]);
      continue;
    }
    const items = lists.get(list) ?? new Map<number, Item>();
    lists.set(list, items);
    const item = items.get(Number(index)) ?? { fields: [] };
    items.set(Number(index), item);
    if (rest === undefined) item.whole = value;
    else item.fields.push([rest, value]);
  }
  for (const [list, items] of lists) {
    const inOrder = [...items].sort(([a], [b]) => a - b);
    folded.push([
      list,
      inOrder.map(([, { whole, fields }]) => (whole === undefined ? fold(fields, depth + 1) : whole)),
    ]);
  }
  return Object.fromEntries(folded);
}
