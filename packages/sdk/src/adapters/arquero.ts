import { columnsFrame } from "./columns.js";
import { call, hasMethod, isIterable, isObject } from "./frame.js";
import type { Adapter } from "./frame.js";

/** arquero `ColumnTable`: `array` honours its filter and order. */
export const arqueroAdapter: Adapter = {
  accepts: "an arquero table",
  open(data, options) {
    if (!isObject(data) || !hasMethod(data, "columnNames") || !hasMethod(data, "array") || !hasMethod(data, "numRows"))
      return undefined;
    const found: unknown = call(data, "columnNames");
    const names = isIterable(found) ? Array.from(found, String) : [];
    return columnsFrame("arquero table", names, (name) => valuesOf(call(data, "array", name)), options);
  },
};

const valuesOf = (values: unknown): readonly unknown[] => (isIterable(values) ? Array.from(values) : []);
