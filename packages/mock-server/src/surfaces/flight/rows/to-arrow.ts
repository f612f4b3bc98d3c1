import type { JsonObject } from "@axlab/wire";
import { batchMessages, schemaMessage, tableFromColumns, type IpcMessage } from "@axlab/wire/arrow";
import { widen, type Columns } from "../../../domain/columns/columns.js";
import type { Kind } from "../../../domain/columns/kinds.js";
import { columnOf } from "./columns.js";

type Pages = () => AsyncIterable<JsonObject[]>;

/** Rows as one Arrow stream, a page at a time. @throws ConflictError when a row came meanwhile that the columns do not hold */
export async function* arrowFromRows(pages: Pages, columns: Columns): AsyncGenerator<IpcMessage> {
  const kinds = [...columns].map(([name, kind]) => [name, settled(kind)] as const);
  const tableOf = (rows: readonly JsonObject[]) =>
    tableFromColumns(
      kinds.map(
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

/** For what was stored without its columns: reads everything once to find out. */
export async function columnsFound(pages: Pages): Promise<Columns> {
  const columns: Columns = new Map();
  for await (const rows of pages()) widen(columns, rows);
  return columns;
}

/** Columns without a value are text: clients that check their rows take null text, but no null type. */
const settled = (kind: Kind): Kind => (kind === "null" ? "text" : kind);
