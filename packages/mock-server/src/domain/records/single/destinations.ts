import type { Core } from "../../../core.js";
import { findDestination, type Destination } from "../target.js";

/**
 * Where single records go. Those that arrive in the same turn of the event loop share one look into the store, which begins when all of
 * them are there, so that none is decided on something older than itself. Each is asked for its permission by itself.
 */
export class Destinations {
  readonly #wanted = new Map<string, Promise<Destination>>();

  constructor(private readonly core: Core) {}

  /** @throws NotFoundError, InvalidRequestError when there is no such space */
  of(spaceId: string | null, name: string): Promise<Destination> {
    const key = JSON.stringify([spaceId, name]);
    const shared = this.#wanted.get(key);
    if (shared !== undefined) return shared;
    const found = new Promise((resolve) => setImmediate(resolve)).then(() => {
      this.#wanted.delete(key);
      return findDestination(this.core, spaceId, name);
    });
    this.#wanted.set(key, found);
    return found;
  }
}
