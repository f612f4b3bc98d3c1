import { RateLimitedError } from "../errors.js";
import type { Clock } from "../lab/clock.js";

interface Bucket {
  tokens: number;
  at: number;
}

const MINUTE_MS = 60_000;
const MAX_BUCKETS = 50_000;

/** A token bucket a key (`spec/access.md §3`): a minute's worth may come at once, after that as many as the minute allows. */
export class RateLimit {
  readonly #buckets = new Map<string, Bucket>();

  /**
   * @param perMinute null: no limit
   * @param explain what whoever asked too often is told
   */
  constructor(
    private readonly perMinute: number | null,
    private readonly clock: Clock,
    private readonly explain = tooManyRequests,
  ) {}

  /** @throws RateLimitedError with the whole seconds after which the next request will be taken */
  take(keyId: string): void {
    if (this.perMinute === null) return;
    const now = this.clock.now();
    const bucket = this.#bucket(keyId, this.perMinute, now);
    if (bucket.tokens < 1) {
      const wait = Math.max(1, Math.ceil(((1 - bucket.tokens) * MINUTE_MS) / this.perMinute / 1000));
      throw new RateLimitedError(this.explain(this.perMinute, wait), wait);
    }
    bucket.tokens -= 1;
  }

  #bucket(keyId: string, perMinute: number, now: number): Bucket {
    const known = this.#buckets.get(keyId);
    if (known === undefined) {
      if (this.#buckets.size >= MAX_BUCKETS) this.#dropFull(perMinute, now);
      const fresh = { tokens: perMinute, at: now };
      this.#buckets.set(keyId, fresh);
      return fresh;
    }
    known.tokens = refilled(known, perMinute, now);
    known.at = now;
    return known;
  }

  /** A full bucket says nothing that a new one would not. */
  #dropFull(perMinute: number, now: number): void {
    for (const [keyId, bucket] of this.#buckets)
      if (refilled(bucket, perMinute, now) >= perMinute) this.#buckets.delete(keyId);
  }
}

const tooManyRequests = (perMinute: number, wait: number): string =>
  `This key may make ${perMinute} requests a minute; send the next one in ${wait} s.`;

const refilled = ({ tokens, at }: Bucket, perMinute: number, now: number): number =>
  Math.min(perMinute, tokens + (Math.max(0, now - at) * perMinute) / MINUTE_MS);
