interface Terminal {
  readonly isTerminal: boolean;
  /** Characters a line; undefined when unknown. */
  readonly columns: number | undefined;
  write(text: string): void;
}

/** Standard output; `undefined` where there is none, as in a browser. */
export function terminal(): Terminal | undefined {
  const stdout = globalThis.process?.stdout;
  if (!stdout) return undefined;
  // A terminal whose size nobody has set says 0.
  const columns = stdout.columns > 0 ? stdout.columns : undefined;
  return { isTerminal: stdout.isTTY === true, columns, write: (text) => void stdout.write(text) };
}
