import { columnsFrame } from "./columns.js";
import { call, hasMethod, isIterable, isObject, member } from "./frame.js";
import type { Adapter } from "./frame.js";

/**
 * pandas-js `DataFrame`, column by column: walking its rows is quadratic, and its dtypes call a column of numbers with a
 * null something else, so types are inferred from the values.
 */
export const pandasJsAdapter: Adapter = {
  accepts: "a pandas-js DataFrame",
  open(data, options) {
    if (
      !isObject(data) ||
      !hasMethod(data, "get") ||
      !hasMethod(data, "iterrows") ||
      !isIterable(member(data, "columns"))
    )
      return undefined;
    const names = Array.from(listed(member(data, "columns")), String);
    return columnsFrame("pandas-js DataFrame", names, (name) => seriesValues(call(data, "get", name)), options);
  },
};

function seriesValues(series: unknown): readonly unknown[] {
  return isObject(series) ? listed(member(series, "values")) : [];
}

/** An Immutable list, whose toArray is much faster than its iterator, or any other iterable. */
function listed(values: unknown): readonly unknown[] {
  const array: unknown = isObject(values) ? call(values, "toArray") : undefined;
  if (Array.isArray(array)) return array;
  return isIterable(values) ? Array.from(values) : [];
}
