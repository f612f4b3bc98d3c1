import { from } from "arquero";
import polars from "nodejs-polars";
import { describe, expect, test } from "vitest";

import { fileWith, removeFiles } from "../testing/files.js";
import { startLogger } from "../testing/logging.js";
import { valuesOf } from "../testing/ingest-server.js";
import type { TabularData } from "./index.js";

const columns = { id: ["a", "ü", "c"], delay: [1.5, -2, 0], flights: [1, 2, 3], late: [true, false, null] };
const rows = columns.id.map((id, row) => ({
  id,
  delay: columns.delay[row],
  flights: columns.flights[row],
  late: columns.late[row],
}));

/** danfo does not install here: its frame's own shape, as its documentation has it. */
const danfo = {
  columns: Object.keys(columns),
  shape: [3, 4],
  column: (name: string) => ({ values: new Map<string, unknown[]>(Object.entries(columns)).get(name) }),
};

const csv = `id,delay,flights,late\n${rows.map((row) => Object.values(row).map((cell) => cell ?? "").join(",")).join("\n")}\n`; // prettier-ignore

/** What reaches the platform. */
async function logged(data: TabularData): Promise<Record<string, unknown[]>> {
  const { logger, server } = await startLogger();
  try {
    await logger.log(data, {
      modelId: "m",
      modelType: "REGRESSION",
      environment: "PRODUCTION",
      schema: {
        predictionIdColumnName: "id",
        predictionLabelColumnName: "delay",
        featureColumnNames: ["flights"],
        tagColumnNames: ["late"],
      },
    });
    const [upload] = server.uploads;
    if (upload === undefined) throw new RangeError("nothing was sent");
    return valuesOf(upload.table);
  } finally {
    await server.close();
  }
}

const sent = { ...columns, flights: [1n, 2n, 3n] };

describe("a table reaches the platform alike", () => {
  test("from nodejs-polars", async () => {
    expect(await logged(polars.DataFrame(columns))).toEqual({ ...columns, flights: expect.anything() });
  });

  test("from arquero, filtered and ordered", async () => {
    const table = from([...rows, { id: "x", delay: 9, flights: 9, late: true }])
      .filter("d => d.id !== 'x'")
      .orderby("id");
    const byId = await logged(table);
    expect(byId["id"]).toEqual(["a", "c", "ü"]);
    expect(byId["delay"]).toEqual([1.5, 0, -2]);
  });

  test("from a frame of danfo's shape", async () => {
    expect(await logged(danfo)).toEqual(sent);
  });

  test("from a CSV file by its path, by a URL, and from a stream", async () => {
    const path = await fileWith("rows.csv", csv);
    try {
      expect(await logged(path)).toEqual(sent);
      expect(await logged({ file: new URL(`file://${path}`), columnTypes: { flights: "float64" } })).toEqual(columns);
      expect(await logged({ file: new Blob([csv]).stream(), format: "csv" })).toEqual(sent);
    } finally {
      await removeFiles();
    }
  });

  test("from columns of which one is called file", async () => {
    const file = ["x", "y", "z"];
    expect(await logged({ ...columns, file })).toEqual(sent);
  });
});
