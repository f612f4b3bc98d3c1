import { ArizeClient } from "@axlab/sdk";
import { expect } from "vitest";
import { z } from "zod";
import type { Stage } from "./stage.js";

const Created = z.looseObject({ id: z.string() });
const Examples = z.looseObject({ examples: z.array(Created) });

/** What the service key of the demo sends to Playground: a trace, a dataset with two experiments, records of a model. */
export async function sendSampleData(at: Stage): Promise<void> {
  await sendDataset(at);
  await sendTrace(at);
  await logFlights(at, "PRODUCTION", 60);
  await logFlights(at, "TRAINING", 2);
}

async function call(at: Stage, method: string, path: string, body?: object): Promise<Response> {
  const response = await at.rest(at.platform.keys["service"], method, path, body);
  expect([path, response.status]).toEqual([path, method === "POST" ? 201 : 200]);
  return response;
}
const create = async (at: Stage, path: string, body: object) =>
  Created.parse(await (await call(at, "POST", path, body)).json());

async function sendDataset(at: Stage): Promise<void> {
  const dataset = await create(at, "/v2/datasets", {
    name: "capitals",
    space_id: at.platform.space?.id,
    examples: [
      { question: "Capital of France?", answer: "Paris" },
      { question: 'Capital of "Peru", please', answer: "Lima" },
    ],
  });
  const path = `/v2/datasets/${dataset.id}/examples`;
  const { examples } = Examples.parse(await (await call(at, "GET", path)).json());
  const experiment = (name: string, outputs: string[], score: number) =>
    create(at, "/v2/experiments", {
      name,
      dataset_id: dataset.id,
      experiment_runs: outputs.map((output, index) => ({
        example_id: examples[index]?.id,
        output,
        "eval.exact.score": score + index / 2,
      })),
    });
  await experiment("small model", ["Lyon", "Lima"], 0);
  await experiment("large model", ["Paris", "Lima"], 0.5);
  await call(at, "PATCH", path, { examples: [{ id: examples[0]?.id, level: 3 }], new_version: "with levels" });
}

async function sendTrace({ platform: { url, keys, space } }: Stage): Promise<void> {
  const begin = Date.now() - 60_000;
  const span = (spanId: string, name: string, kind: string, from: number, to: number, rest: object = {}) => ({
    traceId: "0af7651916cd43dd8448eb211c80319c",
    spanId,
    name,
    startTimeUnixNano: `${begin + from}000000`,
    endTimeUnixNano: `${begin + to}000000`,
    attributes: [{ key: "openinference.span.kind", value: { stringValue: kind } }],
    ...rest,
  });
  const parentSpanId = "0000000000000001";
  const spans = [
    span(parentSpanId, "plan a trip", "CHAIN", 0, 1000),
    span("0000000000000002", "ask the model", "LLM", 100, 500, { parentSpanId }),
    span("0000000000000003", "book", "TOOL", 500, 900, { parentSpanId, status: { code: 2, message: "full" } }),
  ];
  const attributes = [{ key: "openinference.project.name", value: { stringValue: "travel" } }];
  const response = await fetch(`${url}/v1/traces`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${keys["service"]}`,
      "arize-space-id": space?.id ?? "",
      "content-type": "application/json",
    },
    body: JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] }),
  });
  expect(response.status).toBe(200);
}

/** Regression records `f0`, `f1`, …, a second apart, with a feature of text that wants quotes in a CSV. */
async function logFlights({ platform }: Stage, environment: "PRODUCTION" | "TRAINING", rows: number): Promise<void> {
  const { url: baseUrl, space, keys } = platform;
  const client = new ArizeClient({ baseUrl, apiKey: keys["service"] ?? "", spaceId: space?.id ?? "" });
  const begin = Date.now() - rows * 1000;
  const flights = Array.from({ length: rows }, (_, row) => ({
    id: `f${row}`,
    at: new Date(begin + row * 1000),
    guess: row / 4,
    delay: row / 2,
    carrier: 'Air "One", Ltd',
  }));
  await client.logger.log(flights, {
    modelId: "flights",
    modelType: "REGRESSION",
    environment,
    modelVersion: "1",
    schema: {
      predictionIdColumnName: "id",
      timestampColumnName: "at",
      predictionLabelColumnName: "guess",
      actualLabelColumnName: "delay",
      featureColumnNames: ["carrier"],
    },
  });
}
