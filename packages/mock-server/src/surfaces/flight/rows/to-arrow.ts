import type { JsonObject } from "@axlab/wire";
import { batchMessages, schemaMessage, tableFromColumns, type IpcMessage } from "@axlab/wire/arrow";
import { columnOf } from "./columns.js";
import { hinted, holdsStructs, join, kindOf, type Kind } from "./kinds.js";

export interface KeptColumn {
  name: string;
  type: string;
}

/**
 * Rows as one Arrow stream. They are read twice, a page at a time: first for what kinds of values each column has, then for the values;
 * so memory stays at a page however many there are.
 * @param hints the columns as they were uploaded: their order and types
 */
export async function* arrowFromRows(
  pages: () => AsyncIterable<JsonObject[]>,
  hints: readonly KeptColumn[],
): AsyncGenerator<IpcMessage> {
  const types = new Map(hints.map(({ name, type }) => [name, type]));
  const kinds = new Map<string, Kind>(hints.map(({ name }) => [name, "null"]));
  for await (const rows of pages()) {
    for (const row of rows) {
      for (const [name, value] of Object.entries(row))
        kinds.set(name, join(kinds.get(name) ?? "null", kindOf(value, holdsStructs(types.get(name)))));
    }
  }
  for (const [name, kind] of kinds) kinds.set(name, settled(hinted(kind, types.get(name))));
  const tableOf = (rows: readonly JsonObject[]) =>
    tableFromColumns(
      [...kinds].map(
        ([name, kind]) =>
          [
            name,
            columnOf(
              kind,
              rows.map((row) => row[name]),
            ),
          ] as const,
      ),
    );
  yield schemaMessage(tableOf([]).schema);
  for await (const rows of pages()) {
    for (const batch of tableOf(rows).batches) yield* batchMessages(batch);
  }
}

/** Columns without a value are text: clients that check their rows take null text, but no null type. */
function settled(kind: Kind): Kind {
  return kind === "null" ? "text" : kind;
}
