import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { JsonValue } from "./json.js";
import { decodeCursor, encodeCursor, pageOf, pageQuery, PaginationSchema } from "./pagination.js";

describe("cursors", () => {
  it("read back what was written, and need no escaping in a query string", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        // boundary: what JSON.parse gives is a JSON value, whatever its keys are called
        const plain = JSON.parse(JSON.stringify(value)) as JsonValue;
        const cursor = encodeCursor(plain);
        expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(decodeCursor(cursor, z.unknown())).toEqual(plain);
      }),
    );
  });

  it("are refused when written for another list, cut, altered or invented", () => {
    const schema = z.strictObject({ createdAt: z.int(), id: z.string() });
    const cursor = encodeCursor({ createdAt: 1, id: "x" });
    expect(decodeCursor(cursor, schema)).toEqual({ createdAt: 1, id: "x" });
    for (const text of [
      "",
      "!",
      "null",
      `${cursor}=`,
      ` ${cursor}`,
      cursor.slice(0, -1),
      encodeCursor({ id: "x" }),
      encodeCursor([1]),
      "////",
      btoa("{"),
    ]) {
      expect(decodeCursor(text, schema), text).toBeNull();
    }
  });

  it("never throw on any text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.base64String(),
        (text, base64) => void [decodeCursor(text, z.unknown()), decodeCursor(base64, z.unknown())],
      ),
    );
  });
});

describe("the query of a list", () => {
  const query = pageQuery(50, 100);

  it("has the default limit when none is sent", () => {
    expect(query.parse({})).toEqual({ limit: 50 });
  });

  it("reads limits at both ends of the range", () => {
    expect(query.parse({ limit: "1", cursor: "abc" })).toEqual({ limit: 1, cursor: "abc" });
    expect(query.parse({ limit: "100" }).limit).toBe(100);
  });

  it.each(["0", "-1", "101", "", " 5", "1.5", "1e1", "0x10", "abc", ["1", "2"]])("refuses limit %j", (limit) => {
    expect(query.safeParse({ limit }).success).toBe(false);
  });

  it("refuses an empty cursor", () => {
    expect(query.safeParse({ cursor: "" }).success).toBe(false);
  });
});

describe("a page", () => {
  const page = pageOf("spaces", z.strictObject({ id: z.string() }));

  it("has its items under their own key", () => {
    const value = { spaces: [{ id: "a" }], pagination: { has_more: true, next_cursor: "x" } };
    expect(page.parse(value)).toEqual(value);
  });

  it("has nothing else", () => {
    expect(page.safeParse({ spaces: [], pagination: { has_more: false }, total: 0 }).success).toBe(false);
    expect(page.safeParse({ items: [], pagination: { has_more: false } }).success).toBe(false);
    expect(PaginationSchema.safeParse({ has_more: false, page: 1 }).success).toBe(false);
  });
});
