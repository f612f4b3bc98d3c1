import type { JsonValue } from "@axlab/wire";
import type { Surface } from "../access/gate.js";

/** What a client put on the wire, for whoever compares clients or wonders what one sent. Keys are taken out. */
export interface Received {
  /** names in lower case; what holds a key or may hold one is `***`, after its `Bearer ` if it had that */
  headers: Readonly<Record<string, string>>;
  /** the JSON that came: the record of `POST /v1/log`, the command or ticket of a Flight call */
  body?: JsonValue;
  /** the decoded `arize-schema` of an upload, as lowerCamel proto3 JSON */
  arizeSchema?: JsonValue;
  /** the columns of an upload in the order they came: `distance: Float64` */
  arrowSchema?: readonly string[];
  /** rows and record batches that came, whether or not they were kept */
  rows?: number;
  batches?: number;
}

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
  /** rows stored by an upload or sent by an export */
  rows?: number;
  /** for ingest, Flight and OTLP; the oldest are forgotten before their entries are */
  received?: Received;
}

const KEPT = 10_000;
/** How much of what was received is kept, as JSON text. */
const KEPT_RECEIVED = 16 * 1024 * 1024;

/** What reached the platform, newest last; the oldest fall out. */
export class Journal {
  readonly #entries: JournalEntry[] = [];
  readonly #detailed: { entry: JournalEntry; size: number }[] = [];
  #detailedSize = 0;
  readonly #listeners = new Set<(entry: JournalEntry) => void>();

  record(entry: JournalEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > KEPT) this.#entries.splice(0, this.#entries.length - KEPT);
    if (entry.received !== undefined) this.#keepReceived(entry);
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
    this.#detailed.length = 0;
    this.#detailedSize = 0;
  }

  #keepReceived(entry: JournalEntry): void {
    const size = JSON.stringify(entry.received).length;
    this.#detailed.push({ entry, size });
    this.#detailedSize += size;
    while (this.#detailedSize > KEPT_RECEIVED) {
      const oldest = this.#detailed.shift();
      if (oldest === undefined) break;
      delete oldest.entry.received;
      this.#detailedSize -= oldest.size;
    }
  }
}
