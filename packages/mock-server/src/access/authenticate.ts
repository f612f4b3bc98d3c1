import { hashKey, parseKey, type Principal } from "@axlab/auth";
import type { Clock } from "../lab/clock.js";
import { UnauthenticatedError, type KeyRefusal } from "../errors.js";
import type { Store } from "../store/store.js";
import type { ApiKeyRow } from "../store/tables/index.js";
import type { AccessEpoch } from "./epoch.js";
import { loadPrincipal } from "./principals.js";
import type { RateLimit } from "./rate-limit.js";

/** What was found under a key's hash: who it acts as and what may stand against it. Rules about time are asked at every request. */
interface Snapshot {
  epoch: number;
  key: ApiKeyRow;
  principal: Principal;
  disabled: KeyRefusal | null;
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
    const refusal = this.#refusal(snapshot);
    if (refusal !== null) throw refused(refusal);
    this.limit.take(snapshot.key.id);
    this.used(snapshot.key.id);
    return snapshot.principal;
  }

  #refusal({ key, disabled }: Snapshot): KeyRefusal | null {
    const now = this.clock.now();
    if (key.status === "REVOKED" && (key.grace_until === null || now >= key.grace_until)) return "revoked";
    if (key.expires_at !== null && now >= key.expires_at) return "expired";
    return disabled;
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
    const [user, account] = await Promise.all([
      db.selectFrom("users").selectAll().where("id", "=", key.user_id).executeTakeFirst(),
      db.selectFrom("accounts").selectAll().where("id", "=", key.account_id).executeTakeFirst(),
    ]);
    if (user === undefined || account === undefined) return undefined;
    const loaded = await loadPrincipal(db, user);
    const principal: Principal = { ...loaded, key: { id: key.id, type: key.key_type, expiresAt: key.expires_at } };
    return {
      epoch,
      key,
      principal,
      disabled: disabledBy(key, principal, user.status !== "ACTIVE", account.developer_lock === 1),
    };
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

/** A user key follows its person; a service key has only its own life (`spec/access.md §3`). */
function disabledBy(key: ApiKeyRow, principal: Principal, inactive: boolean, locked: boolean): KeyRefusal | null {
  if (inactive) return "disabled";
  if (key.key_type === "SERVICE") return null;
  if (locked) return "developer_lock";
  return principal.developerAccess ? null : "developer_access";
}

const TEXTS: Record<KeyRefusal, string> = {
  missing:
    "No API key was sent. Send one as this surface expects it; Settings → API Keys or POST /v2/api-keys makes one.",
  malformed:
    "This is not an API key: a key begins with ak- and ends in a checksum that does not match here. Was it cut or mistyped?",
  unknown: "This API key is not known here. Was it made on another platform, or for another account?",
  expired: "This API key has expired. Refresh it or create a new one.",
  revoked: "This API key has been revoked. Create a new one.",
  disabled: "This API key is disabled: the person it acts as is no longer an active member of the account.",
  developer_access:
    "This API key is disabled: the person it acts as has no developer access. An account admin can grant developer permissions.",
  developer_lock:
    "This API key is disabled: the account's developer-access lock is on, so user keys may not call the API.",
};

const refused = (refusal: KeyRefusal): UnauthenticatedError => new UnauthenticatedError(TEXTS[refusal], refusal);
