import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { utf8Length } from "@axlab/wire";

import { chunksOf, jsonBytes } from "./chunks.js";

describe("rows cut into requests", () => {
  test("a text is measured as UTF-8, whatever it holds", () => {
    const halves = fc.string({ unit: fc.constantFrom("a", "é", "漢", "\ud83d", "\ude00", "😀") });
    fc.assert(
      fc.property(fc.oneof(halves, fc.string({ unit: "binary" })), (text) => {
        expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });

  test("no request is beyond the limits but a row that is so by itself, and all are there in order", () => {
    const limits = fc.record({ maxRows: fc.integer({ min: 1, max: 5 }), maxBytes: fc.integer({ min: 1, max: 40 }) });
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), limits, (rows, { maxRows, maxBytes }) => {
        const chunks = chunksOf(rows, { maxRows, maxBytes });
        expect(chunks.flat()).toEqual(rows);
        for (const chunk of chunks) {
          const bytes = chunk.reduce((sum, row) => sum + jsonBytes(row) + 1, 0);
          expect(chunk.length <= maxRows && (bytes <= maxBytes || chunk.length === 1)).toBe(true);
        }
      }),
    );
  });

  test("no rows are one empty request", () => {
    expect(chunksOf([], { maxRows: 1, maxBytes: 1 })).toEqual([[]]);
  });
});
