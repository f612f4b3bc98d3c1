import { choosePlace } from "./place.js";
import { ProofError } from "./proof.js";
import { Report } from "./report.js";
import { TourContext } from "./context.js";
import type { TourOptions } from "./command.js";
import { askEverywhere } from "./steps/ask.js";
import { createServiceKey } from "./steps/create-key.js";
import { experimentOnMovies } from "./steps/experiment.js";
import { exportFlights } from "./steps/export.js";
import { logFlights } from "./steps/log.js";
import { seeRefusals } from "./steps/refusals.js";

const STEPS = [createServiceKey, logFlights, exportFlights, experimentOnMovies, askEverywhere, seeRefusals];

/** Runs every step in order; the first that does not prove itself ends the tour with exit code 1. */
export async function runTour(options: TourOptions): Promise<void> {
  const report = new Report();
  const place = await choosePlace(options);
  const interrupt = new AbortController();
  const onInterrupt = (): void => interrupt.abort(new ProofError("interrupted"));
  process.once("SIGINT", onInterrupt);
  const tour = new TourContext(place, report, interrupt.signal);
  try {
    report.heading(`The tour goes to ${place.url}`);
    for (const step of STEPS) await step(tour);
    report.end();
  } finally {
    process.off("SIGINT", onInterrupt);
    await tour.close();
    await place.close();
  }
}
