import { resolveConfig, type ArizeConfig, type ConfigOptions } from "./config/index.js";
import type { FlightPort } from "./datasets/flight-port.js";
import { RestClient } from "./rest/client.js";
import { systemClock, type Clock } from "./transport/clock.js";
import { Transport, type TransportDependencies } from "./transport/transport.js";

/** What every module is made from. Modules made from one context share its connections. */
export interface ClientContext {
  readonly config: ArizeConfig;
  readonly transport: Transport;
  readonly rest: RestClient;
  readonly clock: Clock;
  /** Loaded at first use, so that a browser never needs gRPC. */
  readonly flight: () => Promise<FlightPort>;
}

/** Settings, and for tests what is injected. */
export interface ContextOptions extends ConfigOptions, TransportDependencies {
  /** Replaces the Arrow Flight client. */
  readonly flight?: FlightPort | undefined;
}

/**
 * The ground of a module that is used alone: `new Datasets(createContext({ apiKey }))`.
 * @throws ConfigurationError as `resolveConfig`
 */
export function createContext(options: ContextOptions = {}): ClientContext {
  const { clock, random, requestId, onAttempt, flight, ...settings } = options;
  const config = resolveConfig(settings);
  const transport = new Transport(config, { clock, random, requestId, onAttempt });
  let opened: Promise<FlightPort> | undefined;
  const open = () => import("./flight/index.js").then(({ FlightClient }) => new FlightClient(config, clock));
  return {
    config,
    transport,
    rest: new RestClient(transport),
    clock: clock ?? systemClock,
    flight: () => (opened ??= flight === undefined ? open() : Promise.resolve(flight)),
  };
}
