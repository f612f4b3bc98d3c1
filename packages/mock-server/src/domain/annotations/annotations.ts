import { formatTimestamp } from "@axlab/wire";
import type { AnnotateRecordInput, Annotation } from "@axlab/wire/rest";
import { sql } from "kysely";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { InvalidRequestError } from "../../errors.js";
import type { Db } from "../../store/store.js";
import { chunks, ROWS_PER_INSERT, someOf } from "../rows.js";

/** What people say of records: one value a record and annotation config, wherever the record lies. */
export class Annotations {
  constructor(private readonly core: Core) {}

  /**
   * Upserts; a field that is left out keeps its value. Ids that `exists` does not know are passed over, as documented.
   * @param owner the version, experiment or project that the records lie in
   * @throws InvalidRequestError when a name is not an annotation config of the space; nothing is written by then
   */
  async write(
    caller: Caller,
    spaceId: string,
    owner: string,
    records: readonly AnnotateRecordInput[],
    exists: (ids: string[]) => Promise<Set<string>>,
  ): Promise<void> {
    await this.requireConfigs(spaceId, records);
    const there = await exists(records.map((record) => record.record_id));
    const now = this.core.clock.now();
    await this.core.store.transaction(async (tx) => {
      for (const { record_id, values } of records) {
        if (!there.has(record_id)) continue;
        for (const { name, score, label, text } of values) {
          const given = {
            ...(score !== undefined && { score }),
            ...(label !== undefined && { label }),
            ...(text !== undefined && { text }),
          };
          const by = { annotator_id: caller.principal.userId, updated_at: now };
          await tx
            .insertInto("annotations")
            .values({ record: `${owner}/${record_id}`, name, score: null, label: null, text: null, ...given, ...by })
            .onConflict((conflict) => conflict.columns(["record", "name"]).doUpdateSet({ ...given, ...by }))
            .execute();
        }
      }
    });
  }

  /** @throws InvalidRequestError when a name is not an annotation config of the space */
  async requireConfigs(spaceId: string, records: readonly AnnotateRecordInput[]): Promise<void> {
    const configs = await this.core.store.db
      .selectFrom("annotation_configs")
      .select("name")
      .where("space_id", "=", spaceId)
      .execute();
    const known = new Set(configs.map(({ name }) => name));
    const unknown = [...new Set(records.flatMap((record) => record.values.map(({ name }) => name)))].filter(
      (name) => !known.has(name),
    );
    if (unknown.length === 0) return;
    throw new InvalidRequestError(
      `annotations: ${someOf(unknown)} is no annotation config of this space; create it first with POST /v2/annotation-configs.`,
    );
  }

  /** By record id; records without annotations are not in the map. */
  async of(owner: string, recordIds: readonly string[]): Promise<Map<string, Annotation[]>> {
    const found = new Map<string, Annotation[]>();
    for (const chunk of chunks(recordIds, ROWS_PER_INSERT)) {
      const rows = await this.core.store.db
        .selectFrom("annotations")
        .innerJoin("users", "users.id", "annotations.annotator_id")
        .select([
          "record",
          "annotations.name",
          "score",
          "label",
          "text",
          "annotations.updated_at",
          "annotator_id",
          "email",
        ])
        .where(
          "record",
          "in",
          chunk.map((id) => `${owner}/${id}`),
        )
        .orderBy("annotations.name")
        .execute();
      for (const row of rows) {
        const recordId = row.record.slice(owner.length + 1);
        const list = found.get(recordId) ?? [];
        list.push({
          name: row.name,
          ...(row.score !== null && { score: row.score }),
          ...(row.label !== null && { label: row.label }),
          ...(row.text !== null && { text: row.text }),
          updated_at: formatTimestamp(row.updated_at),
          ...(row.email !== null && { annotator: { id: row.annotator_id, email: row.email } }),
        });
        found.set(recordId, list);
      }
    }
    return found;
  }
}

/** What was said of the records under one owner is said of those of the same ids under another. */
export async function copyAnnotations(tx: Db, from: string, to: string): Promise<void> {
  await tx
    .insertInto("annotations")
    .columns(["record", "name", "score", "label", "text", "annotator_id", "updated_at"])
    .expression((query) =>
      query
        .selectFrom("annotations")
        .select([
          sql<string>`${`${to}/`} || substr(record, ${sql.lit(from.length + 2)})`.as("record"),
          "name",
          "score",
          "label",
          "text",
          "annotator_id",
          "updated_at",
        ])
        // "0" is the character after "/".
        .where("record", ">=", `${from}/`)
        .where("record", "<", `${from}0`),
    )
    .execute();
}
