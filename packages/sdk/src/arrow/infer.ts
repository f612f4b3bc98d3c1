import { fitsInt64 } from "../rows/int64.js";
import { joinKinds, NULL } from "./kinds.js";
import type { Kind } from "./kinds.js";

const BOOL = 1;
const INT = 2;
const FLOAT = 4;
const FLOAT32 = 8;
const TEXT = 16;
const DATE = 32;
const LIST = 64;
const STRUCT = 128;
const OTHER = 256;
const BEYOND_INT64 = 512;

const NAMES: ReadonlyMap<number, string> = new Map([
  [BOOL, "a boolean"],
  [INT, "an integer"],
  [FLOAT, "a number"],
  [FLOAT32, "a number"],
  [TEXT, "a text"],
  [DATE, "a date"],
  [LIST, "a list"],
  [STRUCT, "an object"],
  [OTHER, "a value of no known type"],
  [BEYOND_INT64, "an integer beyond 64 bits"],
]);

const NUMBERS = INT | FLOAT | FLOAT32;

/** Two values that no one column can hold, or a value that no column can hold. */
export interface KindConflict {
  readonly message: string;
  readonly rows: readonly number[];
}

/**
 * Finds out what a column holds by looking at every value: null and undefined fit any column, NaN is a missing float (as
 * in a data frame), integral numbers make int64 and others float64, numbers in lists are always floats (vectors).
 */
export class Inference {
  private flags = 0;
  private readonly firstRows = new Map<number, number>();
  private items: Inference | undefined;
  private fields: Map<string, Inference> | undefined;

  constructor(private readonly inList = false) {}

  /** Values of consecutive rows. */
  addAll(values: readonly unknown[], firstRow: number): void {
    for (let index = 0; index < values.length; index++) this.add(values[index], firstRow + index);
  }

  private add(value: unknown, row: number): void {
    const flag = flagOf(value);
    if (flag === 0) return;
    if ((this.flags & flag) === 0) this.note(flag, row);
    if (flag === LIST) this.addItems(value, row);
    else if (flag === STRUCT && typeof value === "object" && value !== null) this.addFields(value, row);
  }

  /** The kind of everything added so far, or why there is none. */
  resolve(): Kind | KindConflict {
    const { flags } = this;
    if (flags === 0) return NULL;
    if (flags === BOOL) return { type: "bool" };
    if (flags === TEXT) return { type: "text" };
    if (flags === DATE) return { type: "timestamp" };
    if (flags === FLOAT32) return { type: "float32" };
    if (flags === INT && !this.inList) return { type: "int64" };
    if ((flags & ~NUMBERS) === 0) return { type: "float64" };
    if (flags === LIST) return this.resolveList();
    if (flags === STRUCT) return this.resolveStruct();
    const found = [...this.firstRows].slice(0, 3);
    return {
      message: `holds ${found.map(([flag, row]) => `${NAMES.get(flag)} (row ${row})`).join(" and ")}`,
      rows: found.map(([, row]) => row),
    };
  }

  private note(flag: number, row: number): void {
    this.flags |= flag;
    this.firstRows.set(flag, row);
  }

  private addItems(value: unknown, row: number): void {
    this.items ??= new Inference(true);
    if (value instanceof Float32Array) this.items.note(FLOAT32, row);
    else if (value instanceof BigInt64Array || value instanceof BigUint64Array) this.items.note(OTHER, row);
    else if (ArrayBuffer.isView(value)) this.items.note(FLOAT, row);
    else if (Array.isArray(value)) this.items.addVector(value, row);
  }

  private addVector(values: readonly unknown[], row: number): void {
    let index = 0;
    // Vectors are long and made of numbers: this loop is all that most of them need.
    while (index < values.length && typeof values[index] === "number") index++;
    if (index > 0 && (this.flags & FLOAT) === 0) this.note(FLOAT, row);
    for (; index < values.length; index++) {
      const value = values[index];
      if (typeof value === "bigint") this.note(OTHER, row);
      else this.add(value, row);
    }
  }

  private addFields(value: object, row: number): void {
    this.fields ??= new Map();
    for (const [name, item] of Object.entries(value)) {
      let field = this.fields.get(name);
      if (field === undefined) this.fields.set(name, (field = new Inference(this.inList)));
      field.add(item, row);
    }
  }

  private resolveList(): Kind | KindConflict {
    const item = this.items?.resolve() ?? NULL;
    if (!isKind(item)) return { ...item, message: item.message.replace("holds", "holds lists with") };
    // An empty list says nothing about its items; text is what every role with optional lists takes.
    return { type: "list", item: item.type === "null" ? { type: "text" } : item };
  }

  private resolveStruct(): Kind | KindConflict {
    const fields = new Map<string, Kind>();
    for (const [name, inference] of this.fields ?? []) {
      const kind = inference.resolve();
      if (!isKind(kind)) return { ...kind, message: kind.message.replace("holds", `holds objects whose "${name}" is`) };
      fields.set(name, kind);
    }
    return { type: "struct", fields };
  }
}

export const isKind = (found: Kind | KindConflict): found is Kind => "type" in found;

/** Kind of a later part of a column, given what earlier parts were: types only ever widen. */
export function widen(known: Kind | undefined, found: Kind | KindConflict, row: number): Kind | KindConflict {
  if (known === undefined || !isKind(found)) return found;
  return (
    joinKinds(known, found) ?? {
      message: `holds ${found.type} values from row ${row} on, after ${known.type} values before`,
      rows: [row],
    }
  );
}

function flagOf(value: unknown): number {
  switch (typeof value) {
    case "number":
      return Number.isSafeInteger(value) ? INT : FLOAT;
    case "string":
      return TEXT;
    case "boolean":
      return BOOL;
    case "bigint":
      return fitsInt64(value) ? INT : BEYOND_INT64;
    case "undefined":
      return 0;
    case "object":
      if (value === null) return 0;
      if (Array.isArray(value)) return LIST;
      if (value instanceof Date) return DATE;
      if (ArrayBuffer.isView(value)) return value instanceof DataView ? OTHER : LIST;
      return isPlain(value) ? STRUCT : OTHER;
    default:
      return OTHER;
  }
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
