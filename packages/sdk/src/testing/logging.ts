import { resolveConfig } from "../config/index.js";
import { FlightClient } from "../flight/index.js";
import { Logger } from "../logger/index.js";
import { Transport } from "../transport/index.js";
import { FakeClock } from "./clock.js";
import { startIngestServer } from "./ingest-server.js";
import type { Answer, IngestServer } from "./ingest-server.js";

/** The time at which every test's logger lives. */
export const NOW = Date.parse("2026-01-01T00:00:00Z");

export interface LoggerUnderTest {
  readonly logger: Logger;
  readonly server: IngestServer;
}

/** A logger in front of a real ingest server; time is a fake clock at `NOW`. */
export async function startLogger(answer?: Answer, settings: object = {}): Promise<LoggerUnderTest> {
  const server = await startIngestServer(answer);
  const config = resolveConfig({ apiKey: "the-key", spaceId: "space-1", baseUrl: server.url, ...settings }, {});
  const clock = new FakeClock();
  clock.time = NOW;
  // gRPC deadlines are points of real time.
  const flight = () => Promise.resolve(new FlightClient(config));
  return { server, logger: new Logger({ config, transport: new Transport(config, { clock }), clock, flight }) };
}
