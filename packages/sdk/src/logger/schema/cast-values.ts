import { DataType, Precision } from "apache-arrow";

/** One value that is not null, of a column of a type: what it is cast to, null for a missing one, undefined where it cannot be. */
export type Cast<T> = (value: unknown, type: DataType) => T | null | undefined;

/** The texts that data frames write for a missing value. */
const isMissing = (value: unknown): boolean => value === "nan" || value === "NaN" || Number.isNaN(value);

/** As the official clients write a value, but for lists and structs: those become JSON. */
export const textOf: Cast<string> = (value, type) => {
  if (isMissing(value)) return null;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return value;
  if (DataType.isInt(type)) return String(value);
  if (DataType.isFloat(type)) return floatText(Number(value), type.precision);
  if (DataType.isTimestamp(type)) return instantText(Number(value), type.timezone);
  if (DataType.isDate(type)) return new Date(Number(value)).toISOString().slice(0, 10);
  return isNested(type) ? JSON.stringify(value, withoutBigints) : undefined;
};

/** Whole numbers that fit 64 bits, and texts of them; nothing is rounded. */
export const integerOf: Cast<bigint> = (value, type) => {
  if (isMissing(value)) return null;
  const whole = wholeOf(value, type);
  return whole !== undefined && BigInt.asIntN(64, whole) === whole ? whole : undefined;
};

function wholeOf(value: unknown, type: DataType): bigint | undefined {
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "string") return /^\s*[+-]?\d+\s*$/.test(value) ? BigInt(value.replace("+", "")) : undefined;
  if (!isNumeric(type)) return undefined;
  if (typeof value === "bigint") return value;
  return Number.isInteger(value) ? BigInt(Number(value)) : undefined;
}

const DECIMAL = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const INFINITE = /^\s*([+-]?)inf(inity)?\s*$/i;

export const floatOf: Cast<number> = (value, type) => {
  if (isMissing(value)) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "string") {
    if (DECIMAL.test(value)) return Number(value);
    const infinite = INFINITE.exec(value);
    return infinite === null ? undefined : infinite[1] === "-" ? -Infinity : Infinity;
  }
  return isNumeric(type) ? Number(value) : undefined;
};

const isNumeric = (type: DataType): boolean => DataType.isInt(type) || DataType.isFloat(type);

const isNested = (type: DataType): boolean =>
  DataType.isList(type) || DataType.isFixedSizeList(type) || DataType.isStruct(type);

/** A float as Python writes it: always with a point or an exponent, which starts at 1e16 and below 1e-4. */
function floatText(value: number, precision: Precision): string {
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const shown = precision === Precision.DOUBLE ? value : shortest(value);
  const size = Math.abs(shown);
  if (shown !== 0 && (size >= 1e16 || size < 1e-4)) return shown.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  return Number.isInteger(shown) ? shown.toFixed(1) : String(shown);
}

/** The double with the fewest digits that is the same 32-bit float: 0.1 rather than 0.10000000149011612. */
function shortest(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

/** `2026-01-31 09:05:00`, with microseconds where there are any; instants of a zone are given in UTC, with `+00:00`. */
function instantText(ms: number, zone: string | null | undefined): string {
  const [second = "", fraction = ""] = new Date(ms).toISOString().replace("T", " ").replace("Z", "").split(".");
  const micros = `${fraction}${String(Math.round((ms - Math.floor(ms)) * 1000)).padStart(3, "0")}`;
  return `${second}${micros === "000000" ? "" : `.${micros}`}${zone ? "+00:00" : ""}`;
}

const withoutBigints = (_key: string, value: unknown): unknown =>
  typeof value !== "bigint" ? value : Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
