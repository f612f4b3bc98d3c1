import { columnsFrame } from "./columns.js";
import { call, hasMethod, isIterable, isObject, member } from "./frame.js";
import type { Adapter } from "./frame.js";

/** danfo.js `DataFrame`: it lists its columns, and `column(name)` gives a series whose `values` are an array. */
export const danfoAdapter: Adapter = {
  accepts: "a danfo DataFrame",
  open(data, options) {
    if (!isObject(data) || !hasMethod(data, "column") || !isIterable(member(data, "columns"))) return undefined;
    const listed = member(data, "columns");
    const names = isIterable(listed) ? Array.from(listed, String) : [];
    return columnsFrame("danfo DataFrame", names, (name) => seriesValues(call(data, "column", name)), options);
  },
};

function seriesValues(series: unknown): readonly unknown[] {
  const values = isObject(series) ? member(series, "values") : undefined;
  return isIterable(values) ? Array.from(values) : [];
}
