import fc from "fast-check";
import { expect, it } from "vitest";
import { withExactIntegers } from "./exact-integers.js";

const read = (json: string): unknown => JSON.parse(withExactIntegers(json));

it("integers that a number cannot hold are texts, all else is what it is", () => {
  expect(read(`[1152921504606846977, -9007199254740993,12345678901234567890123]`)).toEqual([
    "1152921504606846977",
    "-9007199254740993",
    "12345678901234567890123",
  ]);
  expect(
    read(`{"a":9007199254740991,"b":100000000000000000000,"c":0.12345678901234567890,"d":1234567890123456789e3}`),
  ).toEqual({
    a: Number.MAX_SAFE_INTEGER,
    b: 1e20,
    c: 0.12345678901234568,
    d: 1.2345678901234568e21,
  });
  const inText = String.raw`{"9007199254740993":"x\"9007199254740993, 9007199254740993","y\\":9007199254740993}`;
  expect(read(inText)).toEqual({
    "9007199254740993": 'x"9007199254740993, 9007199254740993',
    "y\\": "9007199254740993",
  });
});

it("whatever JavaScript writes is read as ever", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.double({ noNaN: true, noDefaultInfinity: true }), (value, number) => {
      const json = JSON.stringify([value, number, 'long "1234567890123456789"']);
      expect(read(json)).toEqual(JSON.parse(json));
    }),
  );
});

it("what is no JSON stays none", () => {
  for (const text of ['"1234567890123456', "[1234567890123456789", '{"a":-}1234567890123456'])
    expect(() => read(text)).toThrow(SyntaxError);
});
