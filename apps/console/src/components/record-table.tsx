import { Paper, Text, VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./record-table.module.css";

export interface Column<T> {
  label: string;
  cell: (record: T) => ReactNode;
  /** its cells are short, and each is one line */
  oneLine?: boolean;
  /** the label is for screen readers only, as of a column of buttons */
  hidden?: boolean;
}

interface Props<T> {
  /** what the table lists, for screen readers */
  caption: string;
  columns: readonly Column<T>[];
  records: readonly T[];
  keyOf: (record: T) => string;
  /** shown in place of rows */
  empty: ReactNode;
  /** its columns are not ours to choose and may be many: it scrolls sideways */
  wide?: boolean;
}

/** A table that becomes a list of cards where it is narrow. Plain markup: the library's table brings its scroll area along. */
export function RecordTable<T>({ caption, columns, records, keyOf, empty, wide = false }: Props<T>) {
  if (records.length === 0)
    return (
      <Paper withBorder p="lg">
        <Text c="dimmed" size="sm">
          {empty}
        </Text>
      </Paper>
    );
  return (
    <Paper
      withBorder
      px="sm"
      // Whoever has no mouse scrolls by the arrow keys.
      {...(wide && { className: classes["wide"], role: "region", "aria-label": `${caption}, scrolls`, tabIndex: 0 })}
    >
      <table role="table" className={classes["table"]} aria-label={caption}>
        <thead role="rowgroup" className={classes["head"]}>
          <tr role="row">
            {columns.map(({ label, hidden }) => (
              <th key={label} role="columnheader" scope="col">
                {hidden ? <VisuallyHidden>{label}</VisuallyHidden> : label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className={classes["body"]}>
          {records.map((record) => (
            <tr key={keyOf(record)} role="row" className={classes["row"]}>
              {columns.map(({ label, hidden, oneLine, cell }) => (
                <td
                  key={label}
                  role="cell"
                  className={classes["cell"]}
                  data-label={hidden ? undefined : label}
                  data-one-line={oneLine}
                >
                  {cell(record)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}
