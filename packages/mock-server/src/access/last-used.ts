import type { Logger } from "pino";
import type { Clock } from "../lab/clock.js";
import type { Store } from "../store/store.js";

/** `last_used_at` is approximate: written at most this often for a key (`spec/access.md §3`). */
const WRITE_EVERY_MS = 60_000;

/** Remembers when keys were used, and writes it when the request that used them is no longer waiting for anything. */
export class LastUsed {
  readonly #written = new Map<string, number>();
  readonly #pending = new Map<string, number>();
  #flushing: Promise<void> | undefined;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  note(keyId: string): void {
    const now = this.clock.now();
    const written = this.#written.get(keyId);
    if (written !== undefined && Math.abs(now - written) < WRITE_EVERY_MS) return;
    this.#written.set(keyId, now);
    if (this.#pending.size === 0) setImmediate(() => void this.flush());
    this.#pending.set(keyId, now);
  }

  /** Writes what is still to be written; asked for when the platform closes. */
  async flush(): Promise<void> {
    await this.#flushing;
    const batch = [...this.#pending];
    this.#pending.clear();
    if (batch.length === 0) return;
    this.#flushing = this.#write(batch);
    await this.#flushing;
  }

  async #write(batch: [string, number][]): Promise<void> {
    try {
      for (const [id, at] of batch)
        await this.store.db.updateTable("api_keys").set({ last_used_at: at }).where("id", "=", id).execute();
    } catch (error) {
      // Nobody waits for this, and a mark that is missing is what "approximate" allows; the log says so.
      this.log.warn({ error: error instanceof Error ? error.message : String(error) }, "last_used_at was not written");
    }
  }
}
