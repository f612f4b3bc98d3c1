export { FlightClient, type FlightExperiment } from "./client.js";
