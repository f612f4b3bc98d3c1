/**
 * Values of the named columns of some rows, column by column; undefined where a row lacks a name.
 *
 * Rows mostly have the same keys in the same order. Walking those with `for … in` and reading each by the loop's own key is
 * what engines make fast; asking each row for one name after another is several times slower.
 */
export function transpose(rows: readonly Readonly<Record<string, unknown>>[], names: readonly string[]): unknown[][] {
  const columns = names.map(() => new Array<unknown>(rows.length));
  const keys = Object.keys(rows[0] ?? {});
  const targets = keys.map((key) => columns[names.indexOf(key)]);
  const complete = names.every((name) => keys.includes(name));
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? {};
    if (complete && hasSameKeys(row, keys, targets, index)) continue;
    for (let column = 0; column < names.length; column++) {
      const values = columns[column];
      const name = names[column];
      if (values !== undefined && name !== undefined) values[index] = row[name];
    }
  }
  return columns;
}

/** Copies a row into the columns of its keys; false, with some copied, when its keys are others. */
function hasSameKeys(
  row: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  targets: readonly (unknown[] | undefined)[],
  index: number,
): boolean {
  let position = 0;
  for (const key in row) {
    if (key !== keys[position]) return false;
    const target = targets[position++];
    if (target !== undefined) target[index] = row[key];
  }
  return position === keys.length;
}
