import { ArizeClient, type Secret } from "@axlab/sdk";
import type { Flights } from "./flights.js";
import type { Place } from "./place.js";
import { ProofError } from "./proof.js";
import type { Report } from "./report.js";

/** What the steps share, and what one leaves for the next. */
export class TourContext {
  readonly #clients: ArizeClient[] = [];
  #left: { service?: ArizeClient; flights?: Flights; datasetId?: string } = {};

  constructor(
    readonly place: Place,
    readonly report: Report,
    readonly signal: AbortSignal,
  ) {}

  /** A client with somebody's key, as a user would make it. */
  client(key: string | Secret): ArizeClient {
    const apiKey = typeof key === "string" ? key : key.reveal();
    const client = new ArizeClient({ baseUrl: this.place.url, apiKey, spaceId: this.place.spaceId });
    this.#clients.push(client);
    return client;
  }

  leave(things: { service?: ArizeClient; flights?: Flights; datasetId?: string }): void {
    this.#left = { ...this.#left, ...things };
  }

  get service(): ArizeClient {
    return found(this.#left.service, "the service key");
  }
  get flights(): Flights {
    return found(this.#left.flights, "the flights");
  }
  get datasetId(): string {
    return found(this.#left.datasetId, "the dataset");
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
  }
}

function found<T>(thing: T | undefined, name: string): T {
  if (thing === undefined) throw new ProofError(`${name} is needed from an earlier step`);
  return thing;
}

export const MODEL = "flight-delays";
export const DATASET = "movies";
