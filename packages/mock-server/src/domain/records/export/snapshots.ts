import type { Core } from "../../../core.js";
import { BatchOrders } from "./batch-orders.js";
import type { Erasure } from "./erasures.js";
import { Repeats } from "./repeats.js";
import { loadBatches, type BatchFacts } from "./segments.js";

/** What a project's environment held as of one upload. It never changes: what comes later is another snapshot. */
export interface Snapshot {
  batches: readonly BatchFacts[];
  repeats: Repeats;
  erasures: readonly Erasure[];
  /** what was found out of the order of its records, as far as it is kept */
  orders: BatchOrders;
}

const KEPT = 4;

/** The last few snapshots: GetFlightInfo and DoGet of one export, and repeated exports of one model, look at the same. */
export class Snapshots {
  readonly #kept = new Map<string, Promise<Snapshot>>();

  constructor(private readonly core: Core) {}

  async of(projectId: string, environment: string, upTo: number): Promise<Snapshot> {
    const key = JSON.stringify([projectId, environment, upTo]);
    const known = this.#kept.get(key);
    const snapshot = known ?? this.#take(projectId, environment, upTo);
    this.#kept.delete(key);
    this.#kept.set(key, snapshot);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    try {
      return await snapshot;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }

  async #take(projectId: string, environment: string, upTo: number): Promise<Snapshot> {
    const { batches, keys, erasures } = await loadBatches(this.core, projectId, environment, upTo);
    const repeats = Repeats.find(batches, keys);
    return { batches, repeats, erasures, orders: new BatchOrders(repeats) };
  }
}
