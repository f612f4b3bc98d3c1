import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isJsonObject, isJsonValue, MAX_JSON_DEPTH, parseJson } from "./json.js";

function nested(levels: number): unknown {
  let value: unknown = 0;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { value };
  return value;
}

describe("JSON values", () => {
  it("are those that JSON brings back unchanged", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const parsed: unknown = JSON.parse(JSON.stringify(value));
        expect(isJsonValue(parsed)).toBe(!JSON.stringify(value).includes('"__proto__":'));
      }),
    );
  });

  it.each([undefined, Number.NaN, Infinity, 1n, new Date(0), new Map(), () => 0, { a: undefined }, [Symbol("x")]])(
    "are not %s",
    (value) => {
      expect(isJsonValue(value)).toBe(false);
    },
  );

  it("do not hide a field behind __proto__", () => {
    expect(isJsonObject(JSON.parse('{"a":{"__proto__":1}}'))).toBe(false);
  });

  it("have a limited depth, however deep the text goes", () => {
    expect(isJsonValue(nested(MAX_JSON_DEPTH))).toBe(true);
    expect(isJsonValue(nested(MAX_JSON_DEPTH + 1))).toBe(false);
    expect(isJsonValue(nested(1_000_000))).toBe(false);
  });

  it("are objects only without array or null", () => {
    expect(isJsonObject({})).toBe(true);
    expect([[], null, "x", 1].some(isJsonObject)).toBe(false);
  });
});

describe("parseJson", () => {
  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("reads the bare words of Python as null, and leaves texts alone", () => {
    const text = String.raw`{"a": NaN, "NaN": [Infinity, -Infinity, 1], "b\"NaN": "NaN, -Infinity"}`;
    expect(parseJson(text)).toEqual({ a: null, NaN: [null, null, 1], 'b"NaN': "NaN, -Infinity" });
  });

  it.each(["", "{", "NaNa", "xNaN", "1NaN", "-NaN", '{"a": NaN', '"NaN', "Infinity1", "{NaN: 1}", "nan"])(
    "refuses %j",
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );
});
