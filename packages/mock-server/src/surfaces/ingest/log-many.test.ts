import { RecordQueryDescriptor_Environment as Environment } from "@axlab/wire/flight";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Listening } from "../../node/listen.js";
import { Reply } from "../../testing/client.js";
import { FlightClient } from "../../testing/flight-client.js";
import { suite } from "../../testing/suite.js";

const here = suite();
let listening: Listening;
beforeAll(async () => {
  listening = await here.platform.listen({ port: 0 });
});
afterAll(() => listening.close());

async function post(id: string, more: object = {}, who: "pipeline" | "reader" = "pipeline"): Promise<Reply> {
  const prediction = { prediction_label: { numeric: 1 }, ...more };
  const response = await fetch(`${listening.url}/v1/log`, {
    method: "POST",
    headers: { authorization: here.world.keys[who], "Grpc-Metadata-arize-space-id": here.world.spaces.main },
    body: JSON.stringify({ model_id: "m", prediction_id: id, prediction }),
  });
  return new Reply(response.status, response.headers, await response.text());
}

async function column(name: string): Promise<unknown[]> {
  const flight = new FlightClient(listening, here.world.keys.reader);
  try {
    const space = { spaceId: here.world.spaces.main, modelId: "m", environment: Environment.PRODUCTION };
    const table = await flight.export({ ...space, includeActuals: true });
    return [...(table.getChild(name) ?? [])];
  } finally {
    flight.close();
  }
}

const uploads = () =>
  here.platform.domain.core.store.db
    .selectFrom("record_uploads")
    .select(["rows", "state"])
    .where("account_id", "=", here.world.accountId)
    .execute();

it("of records that come at once each is asked for its own permission", async () => {
  await post("first");
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, row) => post(`r${row}`, {}, row % 2 === 0 ? "pipeline" : "reader")),
  );
  expect(replies.map(({ status }) => status)).toEqual(replies.map((_, row) => (row % 2 === 0 ? 200 : 403)));
  expect((await column("predictionID")).sort()).toEqual(
    ["first", ...Array.from({ length: 10 }, (_, half) => `r${2 * half}`)].sort(),
  );
});

it("a record larger than what is stored at once is kept whole", async () => {
  const text = "é".repeat(700_000);
  expect((await post("large", { features: { text: { string: text } } })).text).toBe("{}");
  expect(await column("text")).toEqual([text]);
  expect(await uploads()).toEqual([{ rows: 1, state: "ready" }]);
});

it("a record that was answered is there, whatever else comes", async () => {
  const seen = await Promise.all(
    Array.from({ length: 5 }, async (_, row) => {
      await post(`r${row}`);
      return (await column("predictionID")).includes(`r${row}`);
    }),
  );
  expect(seen).toEqual([true, true, true, true, true]);
});
