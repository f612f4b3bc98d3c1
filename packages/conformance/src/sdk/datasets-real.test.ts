import { createDataset, listDatasetExamples } from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { axClients, unique } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";
import { AXLAB_SDK, sdkClients } from "../support/sdk.js";
import { vega } from "../support/vega.js";

const platform = await startPlatform();
afterAll(platform.stop);
const { service } = sdkClients(platform);
afterAll(() => service.close());
const space = platform.space.id;

/** The user's fields of an example. */
function fieldsOf(example: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { id: _id, created_at: _created, updated_at: _updated, ...fields } = example;
  return fields;
}

describe(AXLAB_SDK, () => {
  it.each(["cars", "penguins"] as const)(
    "datasets.create: %s goes in and comes back equal, by REST and by Flight",
    async (name) => {
      const rows = vega(name);
      for (const via of ["rest", "flight"] as const) {
        const { id } = await service.datasets.create({ name: unique(name), examples: rows, via });
        expect((await service.datasets.examples.list(id).toArray()).map(fieldsOf)).toEqual(rows);
        expect((await service.datasets.examples.toRows(id)).map(fieldsOf)).toEqual(rows);
      }
    },
  );

  it("datasets.create: movies, whose titles are texts and numbers, keeps both by REST; Flight names the column and the rows", async () => {
    const rows = vega("movies");
    const { id } = await service.datasets.create({ name: unique("movies"), examples: rows });
    expect((await service.datasets.examples.list(id).toArray()).map(fieldsOf)).toEqual(rows);
    // Arrow columns hold one type: numbers among the titles come as their text.
    const titles = rows.map(({ Title }) => (Title === null ? null : String(Title as string | number)));
    expect((await service.datasets.examples.toRows(id)).map(fieldsOf)).toEqual(rows.map((row, n) => ({ ...row, Title: titles[n] }))); // prettier-ignore
    await expect(service.datasets.create({ name: unique("movies"), examples: rows, via: "flight" })).rejects.toThrow(
      /column "Title": holds a text \(row 0\) and an integer \(row \d+\)/,
    );
  });

  it(
    "datasets.create: flights-200k is too large for REST and goes by Flight by itself",
    { timeout: 240_000 },
    async () => {
      const rows = vega("flights-200k");
      const ways = new Set<string>();
      const { id } = await service.datasets.create({ name: unique("flights"), examples: rows, onProgress: ({ via }) => ways.add(via) }); // prettier-ignore
      expect([...ways]).toEqual(["flight"]);
      let row = 0;
      for await (const batch of service.datasets.examples.batches(id)) {
        const columns = ["delay", "distance", "time"].map((name) => [name, batch.getChild(name)] as const);
        for (let at = 0; at < batch.numRows; at += 1, row += 1)
          for (const [name, column] of columns)
            if (Number(column?.get(at)) !== rows[row]?.[name]) expect.fail(`row ${String(row)} differs in ${name}`);
      }
      expect(row).toBe(rows.length);
    },
  );

  it("datasets.create: what the official client creates, the SDK reads the same, and the other way round", async () => {
    const rows = vega("penguins");
    const { service: client } = axClients(platform);
    const made = await createDataset({ client, space, name: unique("penguins"), examples: rows });
    expect((await service.datasets.examples.toRows(made.id)).map(fieldsOf)).toEqual(rows);
    const { id } = await service.datasets.create({ name: unique("penguins"), examples: rows, via: "flight" });
    const page = await listDatasetExamples({ client, dataset: id, limit: 500 });
    expect(page.data.map(({ id: _id, createdAt: _c, updatedAt: _u, ...fields }) => fields)).toMatchObject(
      rows.map((row) => expect.objectContaining(row)),
    );
  });
});
