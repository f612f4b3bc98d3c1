import type { Clock } from "../transport/clock.js";

/** A clock that never waits for short delays: it records them and runs them at once. Timeouts (`longerThan` and up) do not fire. */
export class FakeClock implements Clock {
  readonly waits: number[] = [];
  time = Date.parse("2026-01-01T00:00:00Z");
  readonly #timeout: number;

  constructor(timeout = 60_000) {
    this.#timeout = timeout;
  }

  now(): number {
    return this.time;
  }

  after(ms: number, action: () => void): () => void {
    if (ms === this.#timeout) return () => undefined;
    this.waits.push(ms);
    this.time += ms;
    let cancelled = false;
    queueMicrotask(() => {
      if (!cancelled) action();
    });
    return () => {
      cancelled = true;
    };
  }
}

/** Real time that runs faster, for what waits for seconds. */
export function fastClock(times = 100): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * times,
    after: (ms, action) => {
      const timer = setTimeout(action, ms / times);
      return () => clearTimeout(timer);
    },
  };
}
