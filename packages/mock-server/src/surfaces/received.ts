import { redactSecrets } from "@axlab/auth";
import type { JsonValue } from "@axlab/wire";
import { schemaFromMessage, type IpcMessage } from "@axlab/wire/arrow";
import { ARIZE_SCHEMA_KEY, arizeSchemaJson, decodeArizeSchema } from "@axlab/wire/ingest";
import { typeName, typeOf } from "../domain/records/arrow-access.js";
import type { Received } from "../lab/journal.js";

/** What is being received, filled in while it comes. */
export type Receiving = { -readonly [field in keyof Received]: Received[field] };

/** Longer texts are not kept: they would push everything else out of the journal. */
const LONGEST = 256 * 1024;

const MAY_HOLD_A_KEY = /key|token|secret|auth|pass|cookie|credential|^space$|^grpc-metadata-space$/i;

/** What a request's headers may show. @param pairs values that are bytes are read as UTF-8 */
export function receiving(pairs: Iterable<readonly [name: string, value: string | Uint8Array]>): Receiving {
  const headers: Record<string, string> = {};
  for (const [name, value] of pairs) {
    const text = typeof value === "string" ? value : new TextDecoder().decode(value);
    headers[name.toLowerCase()] = MAY_HOLD_A_KEY.test(name) ? hidden(text) : redactSecrets(text);
  }
  return { headers };
}

const hidden = (value: string): string => (/^Bearer /i.test(value) ? `${value.slice(0, "Bearer ".length)}***` : "***");

/** JSON that came as the body of a request; what is not JSON is not kept. */
export function noteBody(received: Receiving | undefined, body: Uint8Array): void {
  if (received === undefined || body.byteLength > LONGEST) return;
  try {
    received.body = parsed(redactSecrets(new TextDecoder().decode(body)));
  } catch {
    return;
  }
}

/** Deprecated, but a credential. */
const SPACE_KEYS: ReadonlySet<string> = new Set(["space_key", "spaceKey"]);
const parsed = (text: string): JsonValue =>
  // boundary: what JSON.parse returns is a JSON value
  JSON.parse(text, (name, value: unknown) => (SPACE_KEYS.has(name) ? "***" : value)) as JsonValue;

/** The same messages; notes the table's schema, and counts what came even when it is refused. */
export async function* noting(
  messages: AsyncIterable<IpcMessage>,
  received: Receiving | undefined,
): AsyncGenerator<IpcMessage> {
  for await (const message of messages) {
    if (received !== undefined) note(message, received);
    yield message;
  }
}

function note(message: IpcMessage, received: Receiving): void {
  if (message.kind === "schema") noteSchema(message, received);
  if (message.kind !== "batch") return;
  received.rows = (received.rows ?? 0) + message.rows;
  received.batches = (received.batches ?? 0) + 1;
}

/** A schema that cannot be read is refused by whoever the messages are for. */
function noteSchema(message: IpcMessage, received: Receiving): void {
  if (message.header.byteLength > LONGEST) return;
  try {
    const schema = schemaFromMessage(message);
    received.arrowSchema = schema.fields.map((field) => redactSecrets(`${field.name}: ${typeName(typeOf(field))}`));
    const description = schema.metadata.get(ARIZE_SCHEMA_KEY);
    if (description !== undefined)
      received.arizeSchema = parsed(redactSecrets(JSON.stringify(arizeSchemaJson(decodeArizeSchema(description)))));
  } catch {
    return;
  }
}
