import { BatchDecoder, ArrowFormatError, type IpcMessage } from "@axlab/wire/arrow";
import { ARIZE_SCHEMA_KEY, decodeArizeSchema, IngestFormatError, uploadOf, type Upload } from "@axlab/wire/ingest";
import { randomBytes } from "node:crypto";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { InvalidRequestError } from "../../errors.js";
import type { ProjectRow, SpaceRow } from "../../store/tables/index.js";
import { adoptProject, findWritable, type Target } from "./target.js";
import { shapeOf } from "./shape.js";
import { checkValues } from "./values/rule.js";
import { UploadWriter, type UploadTotals } from "./uploads.js";

export interface Received extends UploadTotals {
  space: SpaceRow;
  project: ProjectRow;
}

/**
 * Takes one Arrow stream of records, spans or evaluations into the store. Whatever goes wrong, nothing of it stays.
 * @param messages ends with ArrowFormatError when the stream is cut off or is no Arrow
 * @throws InvalidRequestError, NotFoundError, ForbiddenError
 */
export async function receiveRecords(
  core: Core,
  caller: Caller,
  spaceId: string | null,
  messages: AsyncIterable<IpcMessage>,
): Promise<Received> {
  try {
    return await receive(core, caller, spaceId, messages);
  } catch (error) {
    if (error instanceof ArrowFormatError)
      throw new InvalidRequestError(`The body is not a whole Arrow IPC stream: ${error.message}. Nothing was stored.`, {
        cause: error,
      });
    throw error;
  }
}

async function receive(
  core: Core,
  caller: Caller,
  spaceId: string | null,
  messages: AsyncIterable<IpcMessage>,
): Promise<Received> {
  let decoder: BatchDecoder | undefined;
  let reception: Reception | undefined;
  try {
    for await (const message of messages) {
      if (decoder === undefined) {
        decoder = new BatchDecoder(message, { maxInflatedBytes: core.limits.uploadBytes });
        reception = await Reception.begin(core, caller, spaceId, decoder);
        continue;
      }
      const batch = decoder.decode(message);
      if (batch !== null) await reception?.append(batch);
    }
    if (reception === undefined) throw new ArrowFormatError("stream is empty, expected an Arrow schema");
    return await reception.finish();
  } catch (error) {
    await reception?.abort();
    throw error;
  }
}

class Reception {
  private constructor(
    private readonly core: Core,
    private readonly target: Target,
    private readonly shape: ReturnType<typeof shapeOf>,
    private readonly writer: UploadWriter,
  ) {}

  static async begin(core: Core, caller: Caller, spaceId: string | null, { schema }: BatchDecoder): Promise<Reception> {
    const text = schema.metadata.get(ARIZE_SCHEMA_KEY);
    const upload = describedBy(text);
    const receivedAt = core.clock.now();
    const shape = shapeOf(upload, schema, {
      receivedAt,
      stem: randomBytes(8).toString("hex"),
      pastYears: core.limits.pastYears,
      // No exporter of OpenTelemetry knows the limits of the loggers.
      checked: caller.surface !== "otlp",
    });
    const target = await findWritable(core, caller, spaceId, destinationOf(upload), shape.kind);
    if (shape.ignored.length > 0)
      core.log.info(
        { requestId: caller.requestId, columns: shape.ignored },
        "columns that the schema does not name were left out",
      );
    if (shape.missing.length > 0)
      core.log.warn(
        { requestId: caller.requestId, columns: shape.missing },
        "columns that the schema names are not in the table",
      );
    const writer = await UploadWriter.begin(
      core,
      {
        account_id: target.space.account_id,
        space_id: target.space.id,
        environment: target.environment,
        kind: shape.kind,
        time_rank: shape.timeRank,
        model_version: upload.modelVersion === "" ? null : upload.modelVersion,
        batch_id: upload.batchId === "" ? null : upload.batchId,
        schema: text ?? "",
        key_id: caller.principal.key?.id ?? null,
        received_at: receivedAt,
      },
      shape.schema,
    );
    return new Reception(core, target, shape, writer);
  }

  async append(batch: Parameters<typeof this.shape.apply>[0]): Promise<void> {
    const firstRow = this.writer.rows;
    const shaped = this.shape.apply(batch, firstRow);
    checkValues(this.shape.rules, shaped.batch, firstRow);
    await this.writer.append(shaped);
  }

  async finish(): Promise<Received> {
    let project: ProjectRow | undefined;
    const totals = await this.writer.finish(async (tx) => (project = await adoptProject(this.core, tx, this.target)));
    if (project === undefined) throw new InvalidRequestError("The upload ended without a project to belong to.");
    return { ...totals, space: this.target.space, project };
  }

  async abort(): Promise<void> {
    await this.writer.abort();
  }
}

const destinationOf = (upload: Upload): Omit<Target, "space"> => ({
  name: upload.modelId,
  modelType: upload.kind === "ml" ? upload.modelType : "GENERATIVE_LLM",
  environment: upload.kind === "ml" ? upload.environment : upload.kind === "spans" ? "TRACING" : "CORPUS",
});

function describedBy(text: string | undefined): Upload {
  if (text === undefined) {
    throw new InvalidRequestError(
      `The Arrow schema's metadata has no "${ARIZE_SCHEMA_KEY}". It must hold base64 of a public.Schema, which says what the columns mean.`,
    );
  }
  try {
    return uploadOf(decodeArizeSchema(text));
  } catch (error) {
    if (error instanceof IngestFormatError) throw new InvalidRequestError(`${error.message}.`, { cause: error });
    throw error;
  }
}
