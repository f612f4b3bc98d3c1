import fc from "fast-check";
import { expect, test } from "vitest";

import { transpose } from "./transpose.js";

test("gives every value of every named column, whatever the rows' keys", () => {
  const row = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), fc.integer(), { noNullPrototype: true });
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 20 }),
      fc.uniqueArray(fc.constantFrom("a", "b", "c", "e")),
      (rows, names) => {
        expect(transpose(rows, names)).toEqual(names.map((name) => rows.map((each) => each[name])));
      },
    ),
  );
});

test("reads members that classes define as getters", () => {
  class Row {
    [name: string]: unknown;
    get a() {
      return 1;
    }
  }
  expect(transpose([new Row(), new Row()], ["a"])).toEqual([[1, 1]]);
});
