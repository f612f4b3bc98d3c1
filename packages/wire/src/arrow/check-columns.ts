import type { Vector } from "apache-arrow";
import { DataType, DateUnit, Field, TimeUnit } from "apache-arrow";
import { ArrowFormatError } from "./errors.js";
import type { BatchLayout } from "./header.js";
import { childFields, layoutOf, typeName } from "./layout.js";

/**
 * Proves that a batch fits its schema before apache-arrow loads it: as many nodes and buffers as the fields need, every
 * buffer long enough for its rows, offsets that rise and stay inside their values, dictionaries present.
 * @param body with its buffers at multiples of 8, as `plainBody` gives it
 * @throws ArrowFormatError naming the column
 */
export function checkColumns(
  columns: readonly (Field<DataType> | DataType)[],
  layout: BatchLayout,
  body: Uint8Array,
  dictionaries: ReadonlyMap<number, Vector>,
): void {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  // A value takes a bit at least, but in columns of nulls; without this a few bytes could claim billions of rows.
  const mostValues = 8 * body.byteLength + 1_000_000;
  let node = 0;
  let buffer = 0;
  let variadic = 0;

  const nextBuffer = (name: string, least: number): { offset: number; length: number } => {
    const found = layout.buffers[buffer++];
    if (found === undefined) throw new ArrowFormatError(`batch holds no buffer for column ${name}`);
    if (found.length >= least) return found;
    throw new ArrowFormatError(`column ${name} needs a buffer of ${least} bytes but has ${found.length}`);
  };

  const lastOffset = (name: string, count: number, width: 4 | 8): number => {
    const { offset, length } = nextBuffer(name, count === 0 ? 0 : (count + 1) * width);
    if (length === 0) return 0;
    const start = body.byteOffset + offset;
    if (width === 8) return Number(lastOf(new BigInt64Array(body.buffer, start, count + 1), name));
    const offsets = new Int32Array(body.buffer, start, count + 1);
    return rises(offsets) ? (offsets[count] ?? 0) : lastOf(offsets, name);
  };

  const visit = (column: Field<DataType> | DataType, name: string, rows: number, exactly: boolean): void => {
    const type = column instanceof Field ? column.type : column;
    const found = layout.nodes[node++];
    if (found === undefined) throw new ArrowFormatError(`batch holds no column ${name}`);
    if (exactly ? found.length !== rows : found.length < rows) {
      throw new ArrowFormatError(`column ${name} holds ${found.length} values where ${rows} are needed`);
    }
    const count = found.length;
    if (count > mostValues)
      throw new ArrowFormatError(`column ${name} claims ${count} values in a body of ${body.byteLength} bytes`);
    const physical = layoutOf(type);
    if (physical === null)
      throw new ArrowFormatError(`column ${name} has type ${typeName(type)}, which is not accepted; cast it`);
    if (physical.kind === "null") return;
    const validity = nextBuffer(name, found.nullCount > 0 ? (count + 7) >> 3 : 0);
    if (DataType.isDictionary(type) && count > found.nullCount && !dictionaries.has(type.id)) {
      throw new ArrowFormatError(`column ${name} refers to dictionary ${type.id}, which has not arrived`);
    }
    if (physical.kind === "bits") nextBuffer(name, (count + 7) >> 3);
    if (physical.kind === "fixed") {
      const values = nextBuffer(name, count * physical.width);
      const isNull = (i: number): boolean =>
        found.nullCount > 0 && ((view.getUint8(validity.offset + (i >> 3)) >> (i & 7)) & 1) === 0;
      checkTimes(type, () => new BigInt64Array(body.buffer, body.byteOffset + values.offset, count), isNull, name);
    }
    if (physical.kind === "bytes") nextBuffer(name, lastOffset(name, count, physical.offsetWidth));
    if (physical.kind === "views") {
      const views = nextBuffer(name, count * 16);
      const data = Array.from({ length: layout.variadicCounts[variadic++] ?? 0 }, () => nextBuffer(name, 0).length);
      checkViews(new DataView(body.buffer, body.byteOffset + views.offset, count * 16), data, name);
    }
    if (physical.kind === "list") visitChildren(type, name, lastOffset(name, count, physical.offsetWidth), false);
    if (physical.kind === "fixed list") visitChildren(type, name, count * physical.size, false);
    if (physical.kind === "struct") visitChildren(type, name, count, true);
  };

  const visitChildren = (type: DataType, name: string, rows: number, exactly: boolean): void => {
    for (const child of childFields(type)) visit(child, `${name}.${child.name}`, rows, exactly);
  };

  if (layout.rows > mostValues)
    throw new ArrowFormatError(`batch claims ${layout.rows} rows in a body of ${body.byteLength} bytes`);
  for (const column of columns)
    visit(column, column instanceof Field ? JSON.stringify(column.name) : "dictionary", layout.rows, true);
  if (node !== layout.nodes.length || buffer !== layout.buffers.length) {
    throw new ArrowFormatError(
      `batch holds ${layout.nodes.length} columns in ${layout.buffers.length} buffers, its schema describes ${node} in ${buffer}`,
    );
  }
}

/** Whether offsets start at 0 or above and never fall, without a branch for each: every text of every batch is asked. */
function rises(offsets: Int32Array): boolean {
  let before = 0;
  let signs = 0;
  for (let i = 0; i < offsets.length; i++) {
    const next = offsets[i] ?? 0;
    // Of two that are not negative the difference fits 32 bits.
    signs |= next | (next - before);
    before = next;
  }
  return signs >= 0;
}

/** The last of offsets that start at 0 or above and never fall. */
function lastOf<T extends number | bigint>(offsets: ArrayLike<T>, name: string): T | 0 {
  let before: T | 0 = 0;
  for (let i = 0; i < offsets.length; i++) {
    const next: T | 0 = offsets[i] ?? before;
    if (next < before)
      throw new ArrowFormatError(
        i === 0
          ? `column ${name} starts at negative offset ${next}`
          : `column ${name} has offsets that fall at row ${i - 1}`,
      );
    before = next;
  }
  return before;
}

/** Views longer than twelve bytes point into a data buffer: buffer number at byte 8, offset at byte 12. */
function checkViews(views: DataView, data: readonly number[], name: string): void {
  for (let at = 0; at < views.byteLength; at += 16) {
    const length = views.getInt32(at, true);
    if (length >= 0 && length <= 12) continue;
    const end = views.getInt32(at + 12, true) + length;
    if (length < 0 || views.getInt32(at + 12, true) < 0 || end > (data[views.getInt32(at + 8, true)] ?? -1)) {
      throw new ArrowFormatError(`column ${name} has a view outside its data at row ${at / 16}`);
    }
  }
}

const UPPER_HALF_OF_2_53 = 2 ** 21;
const MOST_MS = BigInt(Number.MAX_SAFE_INTEGER);

/** apache-arrow turns dates and times into millisecond numbers and throws on access where that is impossible. */
function checkTimes(type: DataType, values: () => BigInt64Array, isNull: (i: number) => boolean, name: string): void {
  const milliseconds =
    (DataType.isDate(type) && type.unit === DateUnit.MILLISECOND) ||
    (DataType.isTimestamp(type) && type.unit <= TimeUnit.MILLISECOND);
  const microseconds = DataType.isTimestamp(type) && type.unit === TimeUnit.MICROSECOND;
  if (!milliseconds && !microseconds) return;
  const most = microseconds ? MOST_MS * 1000n : MOST_MS;
  const times = values();
  const words = new Int32Array(times.buffer, times.byteOffset, 2 * times.length);
  for (let i = 0; i < times.length; i++) {
    // Below 2^53, as all real times are, the upper half tells enough and no bigint is made.
    if (Math.abs(words[2 * i + 1] ?? 0) < UPPER_HALF_OF_2_53) continue;
    const time = times[i] ?? 0n;
    if ((time > most || time < -most) && !isNull(i))
      throw new ArrowFormatError(`column ${name} has a time far outside the calendar at row ${i}`);
  }
}
