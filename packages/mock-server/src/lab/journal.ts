import type { Surface } from "../access/gate.js";

/** One request as the platform saw it. Holds the key's id, never the key. */
export interface JournalEntry {
  at: number;
  requestId: string;
  surface: Surface;
  /** the REST route, the gRPC method, or the GraphQL operation */
  operation: string;
  userId: string | null;
  keyId: string | null;
  /** HTTP status, or the HTTP status that a gRPC status stands for */
  status: number;
  /** why it was refused, else null */
  refusal: string | null;
  milliseconds: number;
  requestBytes: number;
  /** rows received, for uploads */
  rows?: number;
}

const KEPT = 10_000;

/** What reached the platform, newest last; the oldest fall out. */
export class Journal {
  readonly #entries: JournalEntry[] = [];
  readonly #listeners = new Set<(entry: JournalEntry) => void>();

  record(entry: JournalEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > KEPT) this.#entries.splice(0, this.#entries.length - KEPT);
    for (const listener of this.#listeners) listener(entry);
  }

  entries(filter: Partial<Pick<JournalEntry, "surface" | "operation" | "keyId" | "status">> = {}): JournalEntry[] {
    const wanted = Object.entries(filter);
    return this.#entries.filter((entry) => wanted.every(([field, value]) => Reflect.get(entry, field) === value));
  }

  onEntry(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  clear(): void {
    this.#entries.length = 0;
  }
}
