import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { InvalidRequestError } from "../../../errors.js";
import { parseFilter } from "./parse.js";

const row: Record<string, unknown> = {
  age: 51,
  state: "CA",
  "attributes.llm.model_name": "gpt",
  "ranking:rank": 3n,
  ok: true,
  flag: "True",
  none: null,
  time: Date.parse("2026-11-01T10:00:00Z"),
  tenth: Date.parse("2026-11-01T10:00:00.679Z"),
  "odd name": 1,
  it: "it's",
  nan: Number.NaN,
  big: 2n ** 53n + 1n,
  null: 5,
  not: "x",
  room: "Room 5",
  zip: "Nov 1 94105",
};
const holds = (text: string): boolean | undefined => parseFilter(text)?.holds((column) => row[column]);

describe("parseFilter", () => {
  it.each([
    ["age > 50 And state='CA'", true],
    ["age >= 51 AND age <= 51 and age = 51 and age == 51", true],
    ["age < 51 or age <> 51 or age != 51", false],
    ["not age < 51", true],
    ["not (age > 50 and state = 'NY')", true],
    ["state = 'NY' or (state = 'CA' and (age = 51))", true],
    // AND binds closer than OR
    ["age = 51 or age = 1 and state = 'NY'", true],
    ["state in ('NY', 'CA')", true],
    ["state not in ('NY', 'CA')", false],
    ["age in (1, 2.5, -3e2)", false],
    ["age between 50 and 52 and state = 'CA'", true],
    ["age not between 50 and 52", false],
    ["state like 'C%' and state like '_A'", true],
    ["state like 'c%'", false],
    ["state ilike 'c%'", true],
    ["it = 'it''s'", true],
    ['state = "CA"', true],
    ['"odd name" = 1 and `odd name` = 1', true],
    ["attributes.llm.model_name = 'gpt'", true],
    ["ranking:rank = 3", true],
    ["ok = true and ok != false", true],
    ["flag = true", true],
    ["age = '51' and state != 5", true],
    ["time >= '2026-11-01' and time < '2026-11-01T11:00:00Z'", true],
    ["none is null and age is not null", true],
    // a text is a time only as ISO 8601 has it
    ["room > 100 or room < 100 or zip > 100 or zip < 100", false],
    [
      "time = '2026-11-01T10:00Z' and time = '2026-11-01 11:00:00.000+01:00' and time < '2026-11-01T10:00:00.0001Z'",
      true,
    ],
    ["tenth = '2026-11-01T10:00:00.679Z' and tenth < '2026-11-01T10:00:00.6791Z'", true],
    // whole numbers beyond 2^53 are compared to the last digit
    ["big = 9007199254740993 and big = '9007199254740993' and big in (1, 9007199254740993)", true],
    ["big = 9007199254740992 or big <= 9007199254740992 or big between 1 and 9007199254740992", false],
    ["big > age and age < big and big != age and big > 1.5 and big < 1e20", true],
    // a value is among others as it equals them
    ["age in ('51') and age in (state, 51) and age in (51.0) and age not in (state, 'x')", true],
    ["big in (9007199254740992, 9007199254740994, 9007199254740992.0)", false],
    ["state in (1, 'CA') and flag in (true) and ok in ('True') and time in ('2026-11-01T10:00:00Z')", true],
    ["none in ('x') or not none in ('x') or nan in (age) or age in (null) or age not in (1, null)", false],
    // in backticks any word is a name
    ["`null` = 5 and `not` = 'x' and not `not` in ('y')", true],
    ["`null` is null", false],
    // what is not known is neither met nor, negated, met
    ["none = 1", false],
    ["not none = 1", false],
    ["none in (1, 2)", false],
    ["none = 1 or age = 51", true],
    ["none = 1 and age = 51", false],
    ["nan < 1 or nan > 1 or nan = nan", false],
  ])("%s is %s", (text, truth) => {
    expect(holds(text)).toBe(truth);
  });

  it("takes a time without a zone as UTC, wherever the platform runs", () => {
    vi.stubEnv("TZ", "America/New_York");
    try {
      expect(new Date(0).getHours()).toBe(19);
      expect(holds("time = '2026-11-01T10:00:00' and time = '2026-11-01 10:00' and time > '2026-11-01'")).toBe(true);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("looks up a value among thousands, which must not be compared with each", () => {
    const ids = Array.from({ length: 5000 }, (_, id) => `'id-${id}'`).join(",");
    const filter = parseFilter(`id in (${ids})`);
    const begun = performance.now();
    const found = Array.from({ length: 50_000 }, (_, id) => filter?.holds(() => `id-${id}`)).filter(Boolean).length;
    expect(found).toBe(5000);
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  it("names the columns it reads, and is nothing for an empty text", () => {
    expect(parseFilter("a = 1 and `b c` in (d, 'e') or not a is null")?.columns).toEqual(["a", "b c", "d"]);
    expect(parseFilter("  ")).toBeNull();
  });

  it.each([
    ["age >", "it ends where a column or a value is needed at character 6"],
    ["age > 50 state = 'CA'", 'there is "state" where AND, OR or the end is needed at character 10'],
    ["(age > 50", "it ends where ) is needed"],
    ["age", "it ends where a comparison is needed"],
    ["age is 5", "where NULL or NOT NULL is needed"],
    ["age like 5", "where a 'pattern' is needed"],
    ["age in 5", "where ( is needed"],
    ["a = 'open", 'cannot read "\'open" at character 5'],
    ["a = 1; drop table x", 'cannot read "; drop table"'],
    ["not ".repeat(200) + "a = 1", "nested deeper than 100 levels"],
    ["(".repeat(5000), "nested deeper than 100 levels"],
  ])("refuses %j and says where and why", (text, problem) => {
    expect(() => parseFilter(text)).toThrow(InvalidRequestError);
    expect(() => parseFilter(text)).toThrow(problem);
    expect(() => parseFilter(text)).toThrow("Write comparisons");
  });

  it("agrees with JavaScript on numbers and texts, whatever they are", () => {
    const text = fc.string();
    fc.assert(
      fc.property(fc.integer(), fc.integer(), text, text, (a, b, s, t) => {
        const value = (column: string): unknown => ({ a, s })[column];
        const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;
        expect(parseFilter(`a < ${b} or s = ${quoted(t)}`)?.holds(value)).toBe(a < b || s === t);
        expect(parseFilter(`not (a >= ${b}) and s != ${quoted(t)}`)?.holds(value)).toBe(a < b && s !== t);
      }),
    );
  });

  it("never fails otherwise than with a refusal", () => {
    const piece = fc.constantFrom(
      "a",
      "'x'",
      '"y"',
      "1",
      "(",
      ")",
      "and",
      "or",
      "not",
      "in",
      "like",
      "is",
      "null",
      "between",
      ",",
      "=",
      "<",
      "`",
      "'",
      "%",
      "12345678901234567890",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          parseFilter(pieces.join(" "))?.holds(() => 1);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidRequestError);
        }
      }),
    );
  });
});
