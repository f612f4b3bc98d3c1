import { ipcMessage, schemaFromMessage } from "@axlab/wire/arrow";
import {
  action,
  ACTION_TYPES,
  commandDescriptor,
  CreateDatasetResponseSchema,
  CreateExperimentDBEntryResponseSchema,
  DatasetType,
  encodeDoActionRequest,
  encodeDoGetRequest,
  encodeDoPutRequest,
  encodeRecordQuery,
  flightDescriptor,
  flightInfo,
  messageCodec,
  PostExperimentDataResponseSchema,
  RecordQueryDescriptor_Environment as Environment,
  result,
  ticket,
  timestampFromMs,
} from "@axlab/wire/flight";
import type { RecordBatch, Schema } from "apache-arrow";

import type { ArizeConfig } from "../config/index.js";
import type { FlightDataset, FlightPort, FlightReads } from "../datasets/flight-port.js";
import type { SpanUpdate, SpanUpdatePort, SpanUpdateReply } from "../logger/spans/update-port.js";
import type { ExportPort, ExportRequest, ExportStream } from "../exports/export-port.js";
import { systemClock } from "../transport/index.js";
import type { CallOptions, Clock } from "../transport/index.js";
import { FlightChannel } from "./channel.js";
import { runsTable } from "./prepare.js";
import type { JsonRow } from "./prepare.js";
import { writeSpanUpdate } from "./span-updates.js";
import { batchesOf, firstReply, noReply, putBatches, putMessages } from "./tables.js";

export interface FlightExperiment {
  readonly spaceId: string;
  readonly datasetId: string;
  readonly name: string;
  /** Each with `example_id` and `output`; further columns as `spec/flight.md §6.6`. */
  readonly runs: readonly JsonRow[];
}

/** Arrow Flight calls of Arize AX (`spec/flight.md`). Node only: gRPC does not run in a browser. One connection for all calls. */
export class FlightClient implements FlightPort, FlightReads, ExportPort, SpanUpdatePort {
  readonly #channel: FlightChannel;
  readonly #maxRows: number;

  constructor(config: ArizeConfig, clock: Clock = systemClock) {
    this.#channel = new FlightChannel(config, clock);
    this.#maxRows = config.maxChunksize;
  }

  /** Asks for an export; the rows flow once its batches are read. @throws ApiError, ConnectionError */
  async openExport(request: ExportRequest, options: CallOptions = {}): Promise<ExportStream> {
    const answer = await this.#channel.getFlightInfo(
      flightDescriptor.encode(commandDescriptor(encodeQuery(request))),
      options,
    );
    const info = flightInfo.decode(answer);
    const found = info.endpoint[0]?.ticket;
    const totalRecords = Number(info.totalRecords);
    if (found === undefined && totalRecords !== 0) throw noReply("GetFlightInfo", "the export query");
    return {
      totalRecords,
      schema: announcedSchema(info.schema),
      batches: () =>
        found === undefined || totalRecords === 0
          ? nothing()
          : batchesOf(this.#channel.doGet(ticket.encode(found), options)),
    };
  }

  /** @throws ValidationError, ConflictError, ApiError, ConnectionError */
  async createDataset(
    { spaceId, name, batches }: FlightDataset,
    options: CallOptions = {},
  ): Promise<{ readonly datasetId: string }> {
    const value = { spaceId, datasetName: name, datasetType: DatasetType.GENERATIVE };
    const command = encodeDoPutRequest({ case: "createDataset", value });
    const results = await this.#channel.doPut(() => putBatches(command, batches(), this.#maxRows), options);
    return {
      datasetId: messageCodec(CreateDatasetResponseSchema).decode(firstReply(results, "createDataset")).datasetId,
    };
  }

  /** Examples of a dataset, of its newest version unless one is named. */
  getDataset(
    {
      spaceId,
      datasetId,
      version,
    }: { readonly spaceId: string; readonly datasetId: string; readonly version?: string | undefined },
    options: CallOptions = {},
  ): AsyncGenerator<RecordBatch, void, undefined> {
    const value = {
      spaceId,
      datasetIdentifier: { case: "datasetId" as const, value: datasetId },
      datasetVersion: version ?? "",
    };
    return this.#get(encodeDoGetRequest({ case: "getDataset", value }), options);
  }

  /**
   * Registers an experiment and uploads its runs. Answers its id and the project that its traces belong to. When the runs are refused, the
   * experiment is taken away again, so that its name is free.
   */
  async createExperiment({ spaceId, datasetId, name, runs }: FlightExperiment, options: CallOptions = {}) {
    const table = runsTable(runs);
    const entry = await this.createExperimentEntry({ spaceId, datasetId, name }, options);
    try {
      const upload = { spaceId, datasetId: entry.datasetId || datasetId, name, table };
      const { experimentId } = await this.postExperimentData(upload, options);
      return { experimentId, traceProject: entry.traceModelName };
    } catch (error) {
      // What went wrong is what the caller has to know, not that tidying up went wrong too.
      await this.#deleteExperiment(spaceId, entry.experimentId).catch(() => undefined);
      throw error;
    }
  }

  /** Registers an experiment without runs, so that its traces have a place to go while it runs. */
  async createExperimentEntry(
    input: { readonly spaceId: string; readonly datasetId: string; readonly name: string },
    options: CallOptions = {},
  ) {
    const { spaceId, datasetId, name } = input;
    const body = encodeDoActionRequest({
      case: "createExperimentDbEntry",
      value: { spaceId, datasetIdentifier: { case: "datasetId", value: datasetId }, experimentName: name },
    });
    const request = action.encode({ type: ACTION_TYPES.createExperimentDbEntry, body });
    const [first] = await this.#channel.doAction(request, options);
    if (first === undefined) throw noReply("DoAction", "createExperimentDbEntry");
    return messageCodec(CreateExperimentDBEntryResponseSchema).decode(result.decode(first).body);
  }

  /** Runs of an experiment. */
  getExperiment(
    { spaceId, experimentId }: { readonly spaceId: string; readonly experimentId: string },
    options: CallOptions = {},
  ): AsyncGenerator<RecordBatch, void, undefined> {
    return this.#get(encodeDoGetRequest({ case: "getExperiment", value: { spaceId, experimentId } }), options);
  }

  /** Writes evaluations, annotations or metadata to spans that are there. @throws ApiError, ConnectionError, TimeoutError */
  updateSpans(update: SpanUpdate, options: CallOptions = {}): Promise<SpanUpdateReply> {
    return writeSpanUpdate(this.#channel, update, options);
  }

  close(): void {
    this.#channel.close();
  }

  async postExperimentData(
    {
      spaceId,
      datasetId,
      name,
      table,
    }: { spaceId: string; datasetId: string; name: string; table: ReturnType<typeof runsTable> },
    options: CallOptions,
  ) {
    const command = encodeDoPutRequest({
      case: "postExperimentData",
      value: { spaceId, datasetId, experimentName: name },
    });
    const results = await this.#channel.doPut(() => putMessages(command, table, this.#maxRows), options);
    return messageCodec(PostExperimentDataResponseSchema).decode(firstReply(results, "postExperimentData"));
  }

  async #deleteExperiment(spaceId: string, experimentId: string): Promise<void> {
    const value = { spaceId, experimentIdentifier: { case: "experimentId" as const, value: experimentId } };
    const body = encodeDoActionRequest({ case: "deleteExperiment", value });
    await this.#channel.doAction(action.encode({ type: ACTION_TYPES.deleteExperiment, body }), {});
  }

  #get(command: Uint8Array, options: CallOptions): AsyncGenerator<RecordBatch, void, undefined> {
    return batchesOf(this.#channel.doGet(ticket.encode({ ticket: command }), options));
  }
}

function encodeQuery(request: ExportRequest): Uint8Array {
  return encodeRecordQuery({
    spaceId: request.spaceId,
    modelId: request.modelId,
    environment: Environment[request.environment],
    modelVersion: request.modelVersion ?? "",
    batchId: request.batchId ?? "",
    startTime: wholeSeconds(request.startTime),
    endTime: wholeSeconds(request.endTime),
    includeActuals: request.includeActuals ?? false,
    filterExpression: request.filterExpression ?? "",
    projectedColumns: [...(request.projectedColumns ?? [])],
    ...similaritySearch(request.similaritySearchParams),
    ...(request.streamChunkSize === undefined ? {} : { streamChunkSize: BigInt(request.streamChunkSize) }),
  });
}

function similaritySearch(params: ExportRequest["similaritySearchParams"]) {
  if (params === undefined) return {};
  const { searchColumnName, threshold } = params;
  const references = params.references.map(({ predictionId, referenceColumnName, predictionTimestamp: at }) => ({
    predictionId,
    referenceColumnName,
    ...(at === undefined ? {} : { predictionTimestamp: wholeSeconds(at) }),
  }));
  return { similaritySearchParams: { references, searchColumnName, threshold } };
}

const wholeSeconds = (time: Date) => timestampFromMs(Math.floor(time.getTime() / 1000) * 1000);

/** FlightInfo may hold the schema as an encapsulated message, or nothing. */
function announcedSchema(bytes: Uint8Array): Schema | undefined {
  if (bytes.byteLength <= 8) return undefined;
  const continued = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === 0xffffffff;
  try {
    return schemaFromMessage(ipcMessage(bytes.slice(continued ? 8 : 4), new Uint8Array(0)));
  } catch {
    // Only a help for empty exports: the stream brings its own schema.
    return undefined;
  }
}

async function* nothing(): AsyncGenerator<RecordBatch, void, undefined> {
  // An export without rows has no stream.
}
