import { columnsFrame } from "./columns.js";
import { call, hasMethod, isIterable, isObject, member } from "./frame.js";
import type { Adapter } from "./frame.js";

/** nodejs-polars `DataFrame`, which lists its columns and gives each as a series. */
export const polarsAdapter: Adapter = {
  accepts: "a nodejs-polars DataFrame",
  open(data, options) {
    if (!isObject(data) || !hasMethod(data, "getColumn") || !isIterable(member(data, "columns"))) return undefined;
    const listed = member(data, "columns");
    const names = isIterable(listed) ? Array.from(listed, String) : [];
    return columnsFrame("polars DataFrame", names, (name) => seriesValues(call(data, "getColumn", name)), options);
  },
};

function seriesValues(series: unknown): readonly unknown[] {
  if (!isObject(series)) return [];
  const array: unknown = call(series, "toArray");
  return Array.isArray(array) ? array : isIterable(series) ? Array.from(series) : [];
}
