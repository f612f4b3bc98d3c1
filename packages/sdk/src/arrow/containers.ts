/**
 * Whether a value writes itself, as Arrow's rows and vectors do. `in` asks an Arrow row for its fields only, so that it knows of no
 * method.
 */
export const hasToJson = (value: object): value is { toJSON(): object } =>
  typeof Reflect.get(value, "toJSON") === "function";
