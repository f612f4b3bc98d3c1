import { hashKey, parseKey, type Principal } from "@axlab/auth";
import type { Clock } from "../lab/clock.js";
import type { Store } from "../store/store.js";
import type { AccessEpoch } from "./epoch.js";
import { loadStanding, refusalAt, refused, type KeyStanding } from "./key-standing.js";
import type { RateLimit } from "./rate-limit.js";

/** What was found under a key's hash. Rules about time are asked at every request. */
interface Snapshot extends KeyStanding {
  epoch: number;
}

const MAX_SNAPSHOTS = 50_000;
/** Few, so that somebody who sends made-up keys pushes out nothing but other made-up keys. */
const MAX_UNKNOWN = 10_000;

/** Key → principal, the same for every surface (`spec/access.md §6`). */
export class Authenticator {
  readonly #snapshots = new Map<string, Snapshot>();
  /** hashes under which nothing was found, and when: an unknown key is answered as fast as a revoked one */
  readonly #unknown = new Map<string, number>();

  constructor(
    private readonly store: Store,
    private readonly epoch: AccessEpoch,
    private readonly clock: Clock,
    private readonly used: (keyId: string) => void = () => undefined,
    private readonly limit: Pick<RateLimit, "take"> = { take: () => undefined },
  ) {}

  /**
   * @throws UnauthenticatedError with what was wrong and what would be right, never with the key; RateLimitedError when the key has asked
   * too often
   */
  async authenticate(secret: string | undefined): Promise<Principal> {
    const parsed = parseKey(secret ?? "");
    if (!parsed.ok) throw refused(parsed.problem === "missing" ? "missing" : "malformed");
    const snapshot = await this.#snapshot(hashKey(parsed.secret));
    if (snapshot === undefined) throw refused("unknown");
    const refusal = refusalAt(snapshot, this.clock.now());
    if (refusal !== null) throw refused(refusal);
    this.limit.take(snapshot.key.id);
    this.used(snapshot.key.id);
    return snapshot.principal;
  }

  async #snapshot(hash: string): Promise<Snapshot | undefined> {
    const current = this.epoch.current();
    const epoch = typeof current === "number" ? current : await current;
    const known = this.#snapshots.get(hash);
    if (known?.epoch === epoch) return known;
    if (this.#unknown.get(hash) === epoch) return undefined;
    const fresh = await this.#load(hash, epoch);
    this.#snapshots.delete(hash);
    if (fresh === undefined) remember(this.#unknown, hash, epoch, MAX_UNKNOWN);
    else remember(this.#snapshots, hash, fresh, MAX_SNAPSHOTS);
    return fresh;
  }

  async #load(hash: string, epoch: number): Promise<Snapshot | undefined> {
    const db = this.store.db;
    const key = await db.selectFrom("api_keys").selectAll().where("hash", "=", hash).executeTakeFirst();
    if (key === undefined) return undefined;
    const standing = await loadStanding(db, key);
    return standing && { ...standing, epoch };
  }
}

/** The oldest goes when there are too many. */
function remember<T>(memory: Map<string, T>, hash: string, value: T, most: number): void {
  if (memory.size >= most) {
    const oldest = memory.keys().next();
    if (!oldest.done) memory.delete(oldest.value);
  }
  memory.set(hash, value);
}
