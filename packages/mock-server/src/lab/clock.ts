import { ConfigurationError } from "../errors.js";

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `"1h"`, `"90m"`, `"250ms"`, or a number of milliseconds. */
export type Duration = string | number;

/** @throws ConfigurationError when the text is not a number followed by ms, s, m, h or d. */
export function durationMs(duration: Duration): number {
  if (typeof duration === "number") return duration;
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(duration.trim());
  const unit = UNITS[match?.[2] ?? ""];
  if (match?.[1] === undefined || unit === undefined) {
    throw new ConfigurationError(
      `"${duration}" is not a duration; write for example "250ms", "30s", "15m", "1h" or "7d".`,
    );
  }
  return Number(match[1]) * unit;
}

/** What every rule about time reads. Milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

/**
 * The platform's time. It runs with the machine's until a test takes it in hand: `set` stops it at an instant, `advance` moves it
 * (stopped or running), `resume` lets it run on from where it stands.
 */
export class PlatformClock implements Clock {
  #offset = 0;
  #stoppedAt: number | undefined;

  constructor(private readonly wall: () => number = Date.now) {}

  now(): number {
    return this.#stoppedAt ?? this.wall() + this.#offset;
  }

  set(instant: number | string | Date): void {
    const at =
      instant instanceof Date ? instant.getTime() : typeof instant === "string" ? Date.parse(instant) : instant;
    if (!Number.isFinite(at))
      throw new ConfigurationError(`"${String(instant)}" is not an instant; write for example "2026-05-18T12:00:00Z".`);
    this.#stoppedAt = at;
  }

  advance(by: Duration): void {
    const ms = durationMs(by);
    if (this.#stoppedAt === undefined) this.#offset += ms;
    else this.#stoppedAt += ms;
  }

  resume(): void {
    if (this.#stoppedAt === undefined) return;
    this.#offset = this.#stoppedAt - this.wall();
    this.#stoppedAt = undefined;
  }
}
