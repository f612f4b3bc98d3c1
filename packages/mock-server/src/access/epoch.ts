import { sql, type Transaction } from "kysely";
import type { Store } from "../store/store.js";
import type { Tables } from "../store/tables/index.js";

const KEY = "access_epoch";
/** A replica that shares the store must see a change within one second (`spec/access.md §6`). */
const LOOK_AGAIN_AFTER_MS = 500;

/**
 * A number that grows with every change to what anybody may do. What was read under an older number is read again; so a change takes
 * effect on the next request here, and within half a second on other processes that share the store.
 */
export class AccessEpoch {
  #value = 0;
  #readAt = Number.NEGATIVE_INFINITY;
  #changes = 0;

  constructor(
    private readonly store: Store,
    private readonly monotonic: () => number = () => performance.now(),
  ) {}

  /** The number now; asks the store only when the last answer is old. */
  current(): number | Promise<number> {
    if (this.monotonic() - this.#readAt < LOOK_AGAIN_AFTER_MS) return this.#value;
    return this.#read();
  }

  /**
   * The one way to change users, memberships, roles, bindings, restrictions, privacy or keys: a transaction that everyone notices. It
   * writes the number first, which on PostgreSQL locks its row until the end: changes run one after another, so what `work` checks still
   * holds when it writes.
   */
  async change<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
    try {
      return await this.store.transaction(async (tx) => {
        await tx
          .insertInto("meta")
          .values({ key: KEY, value: "1" })
          .onConflict((conflict) =>
            conflict.column("key").doUpdateSet({ value: sql`cast(cast(meta.value as bigint) + 1 as text)` }),
          )
          .execute();
        return work(tx);
      });
    } finally {
      this.#changes += 1;
      this.#readAt = Number.NEGATIVE_INFINITY;
    }
  }

  async #read(): Promise<number> {
    const at = this.monotonic();
    const changes = this.#changes;
    const value = Number((await this.store.meta(KEY)) ?? "0");
    // An answer that was on its way while something changed is good for this request, not for the next.
    if (changes === this.#changes) {
      this.#value = value;
      this.#readAt = at;
    }
    return value;
  }
}
