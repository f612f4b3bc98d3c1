import { Presets, SingleBar } from "cli-progress";

/** A bar on a terminal, nothing in a pipe. */
export class Progress {
  readonly #bar: SingleBar | undefined;
  readonly #since = performance.now();
  readonly #before: number;

  /** @param before rows that an earlier run has logged: they are on the bar, but not in the rate */
  constructor(label: string, total: number, before: number, stream: NodeJS.WriteStream = process.stderr) {
    this.#before = before;
    if (!stream.isTTY) return;
    const format = `${label} {bar} {percentage}% {value}/{total} rows, {mb} MB, {rate} rows/s, {left} left`;
    this.#bar = new SingleBar({ format, stream, hideCursor: true, clearOnComplete: true }, Presets.shades_classic);
    this.#bar.start(total, before, { mb: "0.0", rate: "–", left: "–" });
  }

  update(rows: number, bytes: number): void {
    if (this.#bar === undefined) return;
    const rate = rows / Math.max((performance.now() - this.#since) / 1000, 0.001);
    const left = (this.#bar.getTotal() - this.#before - rows) / Math.max(rate, 1);
    this.#bar.update(this.#before + rows, { mb: (bytes / 1e6).toFixed(1), rate: Math.round(rate), left: clock(left) });
  }

  stop(): void {
    this.#bar?.stop();
  }
}

/** `1:02:03` or `2:03`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const two = (value: number): string => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
