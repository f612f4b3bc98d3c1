import type { Db } from "../../store/store.js";

/** All examples of a version into another that has none. */
export async function copyExamples(tx: Db, from: string, to: string): Promise<void> {
  await tx
    .insertInto("dataset_examples")
    .columns(["version_id", "example_id", "position", "data", "created_at", "updated_at"])
    .expression((query) =>
      query
        .selectFrom("dataset_examples")
        .select((column) => [
          column.val(to).as("version_id"),
          "example_id",
          "position",
          "data",
          "created_at",
          "updated_at",
        ])
        .where("version_id", "=", from),
    )
    .execute();
}
