import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ColumnMemory, int64s } from "./column-memory.js";
import { listColumn } from "./nested-columns.js";
import { utf8Column } from "./utf8-column.js";

const texts = fc.array(fc.option(fc.string({ unit: "grapheme" })), { maxLength: 30 });
const vectors = fc.array(fc.option(fc.array(fc.option(fc.float({ noNaN: true })), { maxLength: 5 })), {
  maxLength: 20,
});
const plain = (column: Iterable<unknown>): unknown => JSON.parse(JSON.stringify([...column]));

describe("columns in memory that is used again", () => {
  test("hold what they hold in new memory, whatever lay there before", () => {
    const memory = new ColumnMemory();
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, vectors), { minLength: 1, maxLength: 4 }), (batches) => {
        for (const [text, vector] of batches) {
          memory.reset();
          const [first, second, third] = [utf8Column(text, memory), listColumn(vector, "float64", memory), utf8Column(text, memory)];
          expect(plain(first)).toEqual(plain(utf8Column(text)));
          expect(plain(second)).toEqual(plain(listColumn(vector, "float64")));
          expect(plain(third)).toEqual(plain(first));
        }
      }),
    );
  });

  test("lie beside one another, aligned, and do not grow from batch to batch", () => {
    const memory = new ColumnMemory();
    const buffers = new Set<ArrayBufferLike>();
    for (let batch = 0; batch < 5; batch += 1) {
      memory.reset();
      memory.take(3);
      const taken = [int64s(100_000, memory), int64s(100_000, memory), int64s(300_000, memory)];
      taken.forEach((array, index) => array.fill(BigInt(index)));
      taken.forEach((array, index) => expect([array.byteOffset % 8, array[0], array.at(-1)]).toEqual([0, BigInt(index), BigInt(index)]));
      for (const array of taken) buffers.add(array.buffer);
    }
    expect(buffers.size).toBeLessThanOrEqual(3);
  });
}); // prettier-ignore
