import {
  float32Column,
  float64Column,
  int32Column,
  int64Column,
  tableFromColumns,
  utf8Column,
} from "@axlab/wire/arrow";
import type { Table } from "apache-arrow";
import { ProofError } from "./proof.js";

/** Flights with a prediction: the columns that are logged. */
export interface Flights {
  predictionId: string[];
  /** seconds since the epoch */
  timestamp: number[];
  distance: number[];
  departure: number[];
  delay: number[];
  predicted: number[];
}

const HOURS = 24;

/**
 * Predicts a flight's delay by the mean delay of its hour of departure, learnt from the first half.
 * @param day the instant, in seconds, at which the flights' day begins
 */
export function predictFlights(table: Table, day: number): Flights {
  const column = (name: string): number[] => {
    const vector = table.getChild(name);
    if (vector === null) throw new ProofError(`the flights have no column ${name}`);
    return Array.from(vector, Number);
  };
  const delay = column("delay");
  const departure = column("time");
  const hour = departure.map((time) => Math.floor(time) % HOURS);
  const baseline = meansByHour(hour, delay, Math.floor(delay.length / 2));
  return {
    predictionId: delay.map((_, index) => `flight-${index}`),
    timestamp: departure.map((time) => day + Math.floor(time * 3600)),
    distance: column("distance"),
    departure,
    delay,
    predicted: hour.map((at) => baseline[at] ?? 0),
  };
}

function meansByHour(hour: readonly number[], delay: readonly number[], rows: number): number[] {
  const sum = new Float64Array(HOURS);
  const count = new Float64Array(HOURS);
  for (let index = 0; index < rows; index += 1) {
    const at = hour[index] ?? 0;
    sum[at] = (sum[at] ?? 0) + (delay[index] ?? 0);
    count[at] = (count[at] ?? 0) + 1;
  }
  return Array.from(sum, (total, at) => total / Math.max(count[at] ?? 0, 1));
}

export const flightsTable = (flights: Flights): Table =>
  tableFromColumns({
    prediction_id: utf8Column(flights.predictionId),
    flight_time: int64Column(flights.timestamp.map(BigInt)),
    distance: int32Column(flights.distance),
    departure: float32Column(flights.departure),
    delay: float64Column(flights.delay),
    predicted_delay: float64Column(flights.predicted),
  });

/** The first `rows` as plain objects, for a data frame. */
export const flightRows = (flights: Flights, rows: number) =>
  flights.predictionId.slice(0, rows).map((prediction_id, index) => ({
    prediction_id,
    flight_time: flights.timestamp[index] ?? 0,
    distance: flights.distance[index] ?? 0,
    departure: flights.departure[index] ?? 0,
    delay: flights.delay[index] ?? 0,
    predicted_delay: flights.predicted[index] ?? 0,
  }));
