import { MODEL, type TourContext } from "../context.js";
import type { Flights } from "../flights.js";
import { prove } from "../proof.js";

const HOUR_MS = 3_600_000;

/** What comes back under which name (`spec/flight.md §4.3`). */
const COLUMNS = [
  ["predictionID", "predictionId"],
  ["distance", "distance"],
  ["departure", "departure"],
  ["numericPredictionLabel", "predicted"],
  ["numericActualLabel", "delay"],
] as const satisfies readonly (readonly [string, keyof Flights])[];

/** 3. Exports them back by Flight and compares every value with what was sent. */
export async function exportFlights(tour: TourContext): Promise<void> {
  const { report, signal, service, flights } = tour;
  report.heading("3. The same flights back");
  const rows = flights.delay.length;
  const since = performance.now();
  const table = await report.bar("exporting", rows, (advance) =>
    service.exports.toTable({
      model: MODEL,
      environment: "PRODUCTION",
      startTime: new Date(Math.min(...chunkMinima(flights.timestamp)) * 1000 - HOUR_MS),
      endTime: new Date(),
      includeActuals: true,
      signal,
      onProgress: ({ rows: done }) => advance(done),
    }),
  );
  prove(table.numRows === rows, `${rows} rows come back, not ${table.numRows}`);
  const ids = table.getChild("predictionID");
  prove(ids !== null, "the export names prediction ids");
  const place = new Map(Array.from(ids, (id, index) => [String(id), index]));
  let compared = 0;
  for (const [column, sent] of COLUMNS) {
    const values: readonly unknown[] = Array.from(table.getChild(column) ?? []);
    prove(values.length === rows, `the export has a column ${column}`);
    flights[sent].forEach((value, index) => {
      const got = values[place.get(`flight-${index}`) ?? -1];
      prove(got === value || Number(got) === value, `${column} of flight-${index}: sent ${value}, got ${String(got)}`);
      compared += 1;
    });
  }
  report.proved(
    `exported ${rows} rows in ${((performance.now() - since) / 1000).toFixed(1)} s; ${compared} values are as they were sent`,
  );
}

/** `Math.min` takes its numbers as arguments, and 200 000 are too many at once. */
function* chunkMinima(values: readonly number[]): Generator<number> {
  for (let start = 0; start < values.length; start += 10_000) yield Math.min(...values.slice(start, start + 10_000));
}
