/** What Ctrl-C does: the first ends the work after the requests that are under way, the second breaks them off. */
export class Interrupt {
  readonly #abort = new AbortController();
  readonly #onSignal: () => void;
  #asked = false;

  constructor(onFirst: () => void) {
    this.#onSignal = () => {
      if (this.#asked) this.#abort.abort();
      else onFirst();
      this.#asked = true;
    };
    for (const name of SIGNALS) process.on(name, this.#onSignal);
  }

  /** Whether to stop at the next occasion. */
  get asked(): boolean {
    return this.#asked;
  }

  /** Breaks requests off. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  end(): void {
    for (const name of SIGNALS) process.off(name, this.#onSignal);
  }
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
