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
  return { isTerminal: stdout.isTTY === true, columns: stdout.columns, write: (text) => void stdout.write(text) };
}
