import assert from "node:assert/strict";
import { test } from "node:test";
import { ArizeClient, PermissionDeniedError } from "@axlab/sdk";
import { cars, load } from "./pipeline.js";

const client = new ArizeClient();

const stored = () => {
  const hour = 3_600_000;
  const window = { startTime: new Date(Date.now() - hour), endTime: new Date(Date.now() + hour) };
  return client.exports.toTable({ model: "consumption", includeActuals: true, ...window });
};

test("what was loaded is what is stored", async () => {
  const frame = cars();
  const { rows, requests } = await load(client, frame);
  assert.equal(rows, frame.length);
  assert.equal(requests, Math.ceil(frame.length / 100));

  const table = await stored();
  assert.equal(table.numRows, rows);
  const sorted = (values) => values.map(Number).sort((a, b) => a - b);
  for (const [sent, received] of [
    ["horsepower", "horsepower"],
    ["predicted", "numericPredictionLabel"],
    ["consumption", "numericActualLabel"],
  ]) {
    assert.deepEqual(sorted([...table.getChild(received)]), sorted(frame.get(sent).values.toArray()));
  }
});

test("loading the same rows again changes nothing: they have ids", async () => {
  const frame = cars();
  await load(client, frame);
  assert.equal((await stored()).numRows, frame.length);
});

test("a row that breaks a rule is named before anything is sent", async () => {
  const rows = [
    { id: "ok", at: 1, horsepower: 1, weight: 1, origin: "x", predicted: 1, consumption: 1 },
    { id: "old", at: 2, horsepower: 1, weight: 1, origin: "x", predicted: 1, consumption: 1 },
  ];
  await assert.rejects(load(client, rows), /at/);
});

test("a key that may only read is refused", async () => {
  const reader = new ArizeClient({ apiKey: process.env.READ_ONLY_KEY });
  await assert.rejects(load(reader, cars()), PermissionDeniedError);
});
