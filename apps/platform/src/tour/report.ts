import { Presets, SingleBar } from "cli-progress";

/** One line a step; a bar while something long is under way, on a terminal only. */
export class Report {
  readonly #started = performance.now();
  #passed = 0;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  /** Says what a step proved. */
  proved(text: string): void {
    this.#passed += 1;
    this.stream.write(`  ✓ ${text}\n`);
  }

  heading(text: string): void {
    this.stream.write(`${text}\n`);
  }

  async bar<T>(
    label: string,
    total: number,
    work: (advance: (done: number, bytes?: number) => void) => Promise<T>,
  ): Promise<T> {
    if (!this.stream.isTTY) return work(() => undefined);
    const bar = new SingleBar(
      {
        format: `    ${label} {bar} {percentage}% {value}/{total} {mb} MB, {rate}/s, {eta}s left`,
        stream: this.stream,
        hideCursor: true,
        clearOnComplete: true,
      },
      Presets.shades_classic,
    );
    const since = performance.now();
    bar.start(total, 0, { mb: "0.0", rate: 0 });
    try {
      return await work((done, bytes = 0) => {
        const seconds = (performance.now() - since) / 1000;
        bar.update(done, { mb: (bytes / 1e6).toFixed(1), rate: Math.round(done / Math.max(seconds, 0.001)) });
      });
    } finally {
      bar.stop();
    }
  }

  end(): void {
    this.stream.write(
      `${this.#passed} checks passed in ${((performance.now() - this.#started) / 1000).toFixed(1)} s\n`,
    );
  }
}
