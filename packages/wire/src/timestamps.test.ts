import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidWireValueError } from "./errors.js";
import { formatTimestamp, parseTimestamp, RequestTimestamp, Rfc3339 } from "./timestamps.js";

const noon = Date.UTC(2026, 4, 18, 12);
const first = Date.parse("0000-01-01T00:00:00.000Z");
const last = Date.parse("9999-12-31T23:59:59.999Z");
const instant = fc.integer({ min: first, max: last });

describe("timestamps", () => {
  it("writes UTC with milliseconds", () => {
    expect(formatTimestamp(noon)).toBe("2026-05-18T12:00:00.000Z");
  });

  it("reads back what it writes, as a response and as a request", () => {
    fc.assert(
      fc.property(instant, (ms) => {
        const text = formatTimestamp(ms);
        expect(parseTimestamp(text)).toBe(ms);
        expect(Rfc3339.parse(text)).toBe(text);
        expect(RequestTimestamp.parse(text)).toBe(text);
      }),
    );
  });

  it("reads the same instant from every offset", () => {
    const offset = fc.tuple(
      fc.constantFrom("+", "-"),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      fc.constantFrom(":", ""),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), offset, (ms, [sign, hours, minutes, colon]) => {
        const shift = (sign === "-" ? -1 : 1) * (hours * 60 + minutes) * 60_000;
        const two = (value: number) => String(value).padStart(2, "0");
        const local = new Date(ms + shift).toISOString().slice(0, -1);
        expect(parseTimestamp(`${local}${sign}${two(hours)}${colon}${two(minutes)}`)).toBe(ms);
      }),
    );
  });

  it.each([
    ["JavaScript", "2026-05-18T12:00:00.000Z"],
    ["Python JSON body", "2026-05-18T12:00:00+00:00"],
    ["Python JSON body with microseconds", "2026-05-18T12:00:00.000000+00:00"],
    ["Python naive, taken as UTC", "2026-05-18T12:00:00"],
    ["Python query string", "2026-05-18T12:00:00.000000+0000"],
    ["Python query string, naive", "2026-05-18T12:00:00.000000"],
    ["Go RFC3339Nano", "2026-05-18T12:00:00.000999999Z"],
    ["another zone", "2026-05-18T14:00:00+02:00"],
    ["lower case", "2026-05-18t12:00:00z"],
  ])("reads the form of %s", (_, text) => {
    expect(parseTimestamp(text)).toBe(noon);
    expect(RequestTimestamp.safeParse(text).success).toBe(true);
  });

  it("cuts decimals to milliseconds", () => {
    expect(parseTimestamp("2026-05-18T12:00:00.1Z")).toBe(noon + 100);
    expect(parseTimestamp("2026-05-18T12:00:00.123999999Z")).toBe(noon + 123);
  });

  it.each([
    [
      "",
      "2026-05-18",
      "12:00:00Z",
      "2026-05-18 12:00:00Z",
      "2026-5-18T12:00:00Z",
      "2026-05-18T12:00Z",
      "1779105600000",
      "yesterday",
    ],
    [
      "2026-02-29T00:00:00Z",
      "2026-13-01T00:00:00Z",
      "2026-00-10T00:00:00Z",
      "2026-04-31T00:00:00Z",
      "2026-01-00T00:00:00Z",
    ],
    ["2026-05-18T24:00:00Z", "2026-05-18T12:60:00Z", "2026-05-18T12:00:60Z"],
    [
      "2026-05-18T12:00:00.Z",
      "2026-05-18T12:00:00.1234567890Z",
      "2026-05-18T12:00:00+24:00",
      "2026-05-18T12:00:00+01:60",
      "2026-05-18T12:00:00+01",
    ],
    [" 2026-05-18T12:00:00Z", "2026-05-18T12:00:00Z\n", "+012026-05-18T12:00:00Z"],
  ])("refuses what is no date and time: %s …", (...texts) => {
    for (const text of texts) {
      expect(parseTimestamp(text), text).toBeNull();
      expect(RequestTimestamp.safeParse(text).success, text).toBe(false);
    }
  });

  it("knows leap years and the first century", () => {
    expect(parseTimestamp("2024-02-29T00:00:00Z")).toBe(Date.UTC(2024, 1, 29));
    expect(parseTimestamp("0050-01-01T00:00:00Z")).toBe(Date.parse("0050-01-01T00:00:00.000Z"));
  });

  it("asks a response for an offset with a colon, since Go reads nothing else", () => {
    for (const text of ["2026-05-18T12:00:00", "2026-05-18T12:00:00+0000"])
      expect(Rfc3339.safeParse(text).success).toBe(false);
  });

  it.each([Number.NaN, Infinity, first - 1, last + 1])("does not write %s", (ms) => {
    expect(() => formatTimestamp(ms)).toThrow(InvalidWireValueError);
  });
});
