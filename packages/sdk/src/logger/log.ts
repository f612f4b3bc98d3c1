import { ColumnMemory } from "@axlab/wire/arrow";
import { openData } from "../adapters/index.js";
import type { TabularData } from "../adapters/index.js";
import { checkedBatches } from "./checked-batches.js";
import { logContext } from "./log-context.js";
import type { LogOptions, LogResult } from "./log-options.js";
import { typedCasts } from "./schema/casts.js";
import { columnUses } from "./schema/columns.js";
import { generatedColumns } from "./schema/generated-columns.js";
import { isCorpusSchema } from "./schema/schema.js";
import { wireSchema } from "./schema/wire-schema.js";
import { spaceOf, uploadBatches } from "./upload/upload.js";
import type { LoggerContext } from "./upload/upload.js";

/** Checks tabular data and uploads it; behind `Logger.log`, where it is documented. */
export async function logBatch(client: LoggerContext, data: TabularData, options: LogOptions): Promise<LogResult> {
  const started = client.clock.now();
  const context = logContext(options);
  const spaceId = spaceOf(client, options);

  const uses = columnUses(context.schema);
  const frame = await openData(data, {
    columns: new Set(uses.map((use) => use.column)),
    maxRows: client.config.maxChunksize,
    memory: new ColumnMemory(),
    signal: options.signal,
  });
  const schema = isCorpusSchema(context.schema) ? {} : context.schema;
  const generated = generatedColumns(schema, context.environment === "CORPUS" ? "NUMERIC" : context.modelType);
  const batches = await checkedBatches(frame, {
    context,
    uses,
    generated,
    prepare: typedCasts(schema),
    validate: options.validate ?? true,
    now: client.clock.now(),
    maxPastYears: client.config.maxPastYears,
  });

  return uploadBatches(
    client,
    {
      schema: wireSchema(isCorpusSchema(context.schema) ? context : { ...context, schema: generated.schema }),
      started,
      spaceId,
      batches,
      totalRows: frame.rows,
      mergesById: schema.predictionIdColumnName !== undefined || context.environment === "CORPUS",
    },
    options,
  );
}
