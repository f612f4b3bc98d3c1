import { DataType, type Schema } from "apache-arrow";
import type { Columns } from "../../../domain/columns/columns.js";
import type { Kind } from "../../../domain/columns/kinds.js";
import { InvalidRequestError } from "../../../errors.js";

/**
 * The columns of an Arrow schema as datasets and experiments keep them.
 * @throws InvalidRequestError naming every column whose type cannot be kept, or whose name comes twice
 */
export function columnsOfSchema(schema: Schema): Columns {
  const columns: Columns = new Map();
  const faults: string[] = [];
  schema.fields.forEach(({ name, type }, index) => {
    if (columns.has(name)) faults.push(`column ${index} is named "${name}", as one before it; rename one of them`);
    else if (name === "" || name === "__proto__")
      faults.push(`column ${index} is named "${name}"; give it another name`);
    const kind = kindOfType(type);
    if (kind === null)
      faults.push(`column "${name}" is ${String(type)}; send numbers, text, booleans, times, lists or structs of them`);
    columns.set(name, kind ?? "null");
  });
  if (faults.length > 0) throw new InvalidRequestError(`Arrow schema: ${faults.join(". ")}.`);
  return columns;
}

/** null: its values have no JSON form. */
function kindOfType(type: unknown): Kind | null {
  // Dictionaries are only a way of sending their values.
  if (DataType.isDictionary(type)) return kindOfType(type.dictionary);
  if (DataType.isNull(type)) return "null";
  if (DataType.isBool(type)) return "bool";
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return "text";
  if (DataType.isInt(type) || DataType.isTime(type) || DataType.isDuration(type)) return "int";
  if (DataType.isFloat(type)) return "float";
  if (DataType.isTimestamp(type) || DataType.isDate(type)) return "instant";
  if (DataType.isMap(type)) return type.children.every((child) => kindOfType(child.type) !== null) ? "json" : null;
  if (DataType.isList(type) || DataType.isFixedSizeList(type)) {
    const item = kindOfType(type.valueType);
    return item && { list: item };
  }
  if (DataType.isStruct(type)) {
    const fields = new Map<string, Kind>();
    for (const child of type.children) {
      const kind = kindOfType(child.type);
      if (kind === null) return null;
      fields.set(child.name, kind);
    }
    return { fields };
  }
  return null;
}
