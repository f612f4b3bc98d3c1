import { float32Column, float64Column, tableFromColumns, utf8Column } from "@axlab/wire/arrow";
import { encodeArizeSchema, spansSchema } from "@axlab/wire/ingest";
import { Schema, Table } from "apache-arrow";
import type { Vector } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { differences, observe } from "./observe.js";

const columns = { id: utf8Column(["a", "b"]), score: float64Column([1.5, null]), extra: utf8Column(['{"a":1}', null]) };

function recorded(changes: { headers?: object; columns?: Record<string, Vector>; project?: string } = {}) {
  const { schema, batches } = tableFromColumns({ ...columns, ...changes.columns });
  const metadata = new Map([["arize-schema", encodeArizeSchema(spansSchema(changes.project ?? "p"))]]);
  const table = new Table(new Schema(schema.fields, metadata), batches);
  const headers = new Map(Object.entries({ authorization: "k", "user-agent": "x", ...changes.headers }));
  return observe({ surface: "POST /v1/pandas_arrow", headers, table });
}

describe("what the parity suite sees", () => {
  it.each<[string, Parameters<typeof recorded>[0], string[]]>([
    ["a header", { headers: { authorization: "other" } }, ["header authorization"]],
    ["a header more", { headers: { sync: "1" } }, ["header sync"]],
    ["the description", { project: "q" }, ["arize-schema.constants.modelId"]],
    ["a type", { columns: { score: float32Column([1.5, null]) } }, ["type of score"]],
    ["a value", { columns: { id: utf8Column(["a", "c"]) } }, ["value of id[1]"]],
    ["a null", { columns: { score: float64Column([1.5, 0]) } }, ["value of score[1]"]],
    [
      "a column more",
      { columns: { more: utf8Column(["x", "y"]) } },
      ["type of more", "value of more[0]", "value of more[1]"],
    ],
    ["JSON in a text", { columns: { extra: utf8Column(['{"a": 1}', null]) } }, ["text of value of extra[0]"]],
    [
      "JSON that says something else",
      { columns: { extra: utf8Column(['{"a":2}', null]) } },
      ["text of value of extra[0]", "value of extra[0].a"],
    ],
    ["only what belongs to the transport", { headers: { "user-agent": "y" } }, []],
  ])("is %s", (_name, changes, places) => {
    expect(differences(recorded(), recorded(changes)).map(({ where }) => where)).toEqual(places);
  });
});
