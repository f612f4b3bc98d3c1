import { DataFrame } from "pandas-js";
import type { LogOptions } from "@axlab/sdk";
import { MODEL, type TourContext } from "../context.js";
import { flightRows, flightsTable, predictFlights } from "../flights.js";
import { prove } from "../proof.js";
import { readFlights } from "../sources.js";

const SLICE = 2000;
const DAY = 86_400;

/** 2. The service key logs real flights, as an Arrow table and a slice of them as a pandas-js DataFrame. */
export async function logFlights(tour: TourContext): Promise<void> {
  const { report, signal, service } = tour;
  report.heading("2. 200 000 flights");
  const yesterday = (Math.floor(Date.now() / 1000 / DAY) - 1) * DAY;
  const flights = predictFlights(await readFlights(), yesterday);
  const rows = flights.delay.length;
  tour.leave({ flights });
  const options: LogOptions = {
    modelId: MODEL,
    modelVersion: "mean by hour",
    modelType: "REGRESSION",
    environment: "PRODUCTION",
    schema: {
      predictionIdColumnName: "prediction_id",
      timestampColumnName: "flight_time",
      featureColumnNames: ["distance", "departure"],
      predictionLabelColumnName: "predicted_delay",
      actualLabelColumnName: "delay",
    },
    signal,
  };
  const sent = await report.bar("logging", rows, (advance) =>
    service.logger.log(flightsTable(flights), {
      ...options,
      onProgress: ({ rows: done, bytes }) => advance(done, bytes),
    }),
  );
  prove(sent.rows === rows, `${rows} rows are confirmed, not ${sent.rows}`);
  report.proved(
    `logged ${rows} rows from an Arrow table: ${sent.requests} requests, ${(sent.bytes / 1e6).toFixed(1)} MB, ${Math.round(rows / sent.seconds)} rows/s`,
  );
  const frame = new DataFrame(flightRows(flights, SLICE));
  const again = await service.logger.log(frame, options);
  prove(again.rows === SLICE, `${SLICE} rows of the frame are confirmed, not ${again.rows}`);
  report.proved(`logged ${SLICE} of them again from a pandas-js DataFrame; they merge by prediction id`);
}
