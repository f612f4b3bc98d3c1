export type Records = readonly Record<string, unknown>[];
/** What a column's values are; null until one is there. */
export type Kind = "number" | "boolean" | "text" | null;

/**
 * Records on their way from the platform to a file. Which columns there are is known only once all of them are read: until then each page waits as a
 * blob, which a browser keeps beside the page's own memory, and on the disk if there are many.
 */
export class Spool {
  /** in the order in which they came up */
  readonly columns = new Map<string, Kind>();
  readonly #pages: Blob[] = [];

  private constructor() {}

  static async of(pages: AsyncIterable<Records>): Promise<Spool> {
    const spool = new Spool();
    for await (const page of pages) spool.#add(page);
    return spool;
  }

  get empty(): boolean {
    return this.#pages.length === 0;
  }

  /** As often as wanted. */
  async *pages(): AsyncGenerator<Records> {
    for (const page of this.#pages) yield JSON.parse(await page.text()) as Records; // boundary: written by #add
  }

  #add(page: Records): void {
    if (page.length === 0) return;
    for (const record of page)
      for (const [column, value] of Object.entries(record))
        this.columns.set(column, both(this.columns.get(column) ?? null, kindOf(value)));
    this.#pages.push(new Blob([JSON.stringify(page)]));
  }
}

function kindOf(value: unknown): Kind {
  if (value === null || value === undefined) return null;
  return typeof value === "number" ? "number" : typeof value === "boolean" ? "boolean" : "text";
}

const both = (a: Kind, b: Kind): Kind => (a === null || a === b ? b : b === null ? a : "text");
