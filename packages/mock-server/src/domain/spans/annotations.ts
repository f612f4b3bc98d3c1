import { formatTimestamp } from "@axlab/wire";
import { ANNOTATION_NOTES_COLUMN } from "@axlab/wire/ingest";
import type { Annotation } from "@axlab/wire/rest";
import type { Core } from "../../core.js";

/** What a span as a whole is annotated with, and its trace through it. */
export type AnnotationPrefix = "annotation." | "trace_annotation.";

/** By e-mail address, who an annotation's `updated_by` stands for. */
export type Annotators = ReadonlyMap<string, { id: string; email: string }>;

export interface StoredAnnotationColumn {
  prefix: AnnotationPrefix;
  /** of an annotation config, whatever characters it has */
  name: string;
  field: "label" | "score" | "text" | "updated_by" | "updated_at";
}

const COLUMN = /^(trace_)?annotation\.(.+)\.(label|score|text|updated_by|updated_at)$/su;

/** Reads `annotation.<name>.<field>`, and `trace_annotation.<name>.<field>`, which is ours; null for any other column. */
export function parseColumn(column: string): StoredAnnotationColumn | null {
  const [, ofTrace, name, last] = COLUMN.exec(column) ?? [];
  const field = FIELDS.find((known) => known === last);
  if (name === undefined || field === undefined) return null;
  return { prefix: ofTrace === undefined ? "annotation." : "trace_annotation.", name, field };
}

const FIELDS = ["label", "score", "text", "updated_by", "updated_at"] as const;

export const isAnnotationColumn = (column: string): boolean =>
  column === ANNOTATION_NOTES_COLUMN || parseColumn(column) !== null;

export function annotationsOf(
  row: ReadonlyMap<string, unknown>,
  prefix: AnnotationPrefix,
  annotators: Annotators,
): Annotation[] {
  const found = new Map<string, Annotation>();
  for (const [column, value] of row) {
    const parsed = parseColumn(column);
    if (parsed?.prefix !== prefix) continue;
    const { name, field } = parsed;
    const known = found.get(name) ?? { name };
    if (field === "score") found.set(name, { ...known, score: Number(value) });
    else if (field === "updated_at") found.set(name, { ...known, ...updatedAt(value) });
    else if (field === "updated_by") {
      const annotator = annotators.get(String(value));
      found.set(name, { ...known, ...(annotator && { annotator }) });
    } else found.set(name, { ...known, [field]: String(value) });
  }
  if (prefix === "annotation.") {
    const notes = notesOf(row.get(ANNOTATION_NOTES_COLUMN));
    if (notes !== null) found.set(NOTES, { name: NOTES, text: notes });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const NOTES = "notes";

/** Free notes, a JSON object each, as one text. */
function notesOf(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null;
  const items: unknown = JSON.parse(JSON.stringify(cell));
  return (Array.isArray(items) ? items : [items]).map(noteText).join("\n");
}

function noteText(item: unknown): string {
  try {
    const note: unknown = typeof item === "string" ? JSON.parse(item) : item;
    return typeof note === "object" && note !== null && "text" in note ? String(note.text) : String(item);
  } catch {
    return String(item);
  }
}

function updatedAt(value: unknown): { updated_at?: string } {
  const ms = Number(value);
  return Number.isFinite(ms) && Math.abs(ms) <= 8.64e15 ? { updated_at: formatTimestamp(ms) } : {};
}

/** Looks up the people whom these rows name as annotators. */
export async function annotatorsOf(
  { store }: Core,
  accountId: string,
  rows: readonly ReadonlyMap<string, unknown>[],
): Promise<Annotators> {
  const emails = new Set<string>();
  for (const row of rows) {
    for (const [column, value] of row)
      if (parseColumn(column)?.field === "updated_by" && String(value).includes("@")) emails.add(String(value));
  }
  if (emails.size === 0) return new Map();
  const people = await store.db
    .selectFrom("users")
    .select(["id", "email"])
    .where("account_id", "=", accountId)
    .where("email", "in", [...emails])
    .execute();
  return new Map(people.flatMap(({ id, email }) => (email === null ? [] : [[email, { id, email }]])));
}
