import type { TabularData } from "../adapters/index.js";
import type { LogOptions, LogResult } from "./log-options.js";
import { logBatch } from "./log.js";
import type { LoggerContext } from "./upload/upload.js";
import { logSpanTable } from "./spans/log-spans.js";
import type { SpanOptions } from "./spans/log-spans.js";
import { EVALUATIONS, SPANS } from "./spans/table-kinds.js";
import { updateSpans } from "./spans/update-spans.js";
import type { SpanUpdateResult } from "./spans/update-spans.js";
import type { StreamRecord } from "./stream/record.js";
import { RecordStream } from "./stream/record-stream.js";
import type { StreamOptions } from "./stream/record-stream.js";

/** Logs inferences, corpora, spans and what is said about spans (`spec/ingest.md`, `spec/flight.md §9`). */
export class Logger {
  readonly #context: LoggerContext;
  readonly #stream: RecordStream;

  constructor(context: LoggerContext) {
    this.#context = context;
    this.#stream = new RecordStream(context);
  }

  /**
   * Logs a table of records: an Arrow table, batches, a data frame, columns or rows (`TabularData`).
   *
   * Only columns that the schema names travel. Everything is checked first (`validate`): an input in memory whole before
   * anything is sent, a stream batch by batch. Large input is cut into requests of `maxRequestBytes`, each repeated on
   * transient failures where rows carry a prediction id (the platform merges by it); rows without one are repeated only
   * when the server certainly did not take them. Memory is bounded by `maxRequestBytes × (concurrency + 1)` beside the input.
   * An input without rows sends nothing.
   *
   * @throws ValidationFailure when data or schema break a rule, with column, rule and first offending rows
   * @throws PartialUploadError when some requests landed and one failed, or one got no answer: which rows landed, did not, or may have
   * @throws ApiError, ConnectionError, AbortError when certainly nothing landed
   */
  log(data: TabularData, options: LogOptions): Promise<LogResult> {
    return logBatch(this.#context, data, options);
  }

  /**
   * Logs spans to a project: one row a span, columns with the fixed names of `spec/ingest.md §6` and any `attributes.…`.
   * Times may be Dates, ISO texts or nanoseconds; objects (metadata, messages, documents, events) become JSON. Evaluations
   * may stand beside their span (`eval.<name>.label`, …); columns of other names are not sent. Checked, cut and repeated as
   * `log`; the platform merges by span id.
   * @throws as `log`
   */
  logSpans(spans: TabularData, options: SpanOptions): Promise<LogResult> {
    return logSpanTable(this.#context, SPANS, spans, options);
  }

  /**
   * Logs evaluations of spans that were logged before: `context.span_id`, and `eval.<name>.label`, `.score`,
   * `.explanation` (or `session_eval.`, `trace_eval.`). With `sync: true` they are written by Arrow Flight (Node only), and
   * the result says how many spans changed and which ids match none; otherwise they are posted over HTTP, which reports
   * neither.
   * @throws as `log`
   */
  logEvaluations(evaluations: TabularData, options: SpanOptions & { readonly sync: true }): Promise<SpanUpdateResult>;
  logEvaluations(evaluations: TabularData, options: SpanOptions): Promise<LogResult>;
  logEvaluations(evaluations: TabularData, options: SpanOptions): Promise<LogResult> {
    if (options.sync === true) return updateSpans(this.#context, "evaluations", evaluations, options);
    return logSpanTable(this.#context, EVALUATIONS, evaluations, options);
  }

  /**
   * Writes human annotations to spans that were logged before: `context.span_id`, and `annotation.<name>.label`, `.score`,
   * `.text`, or `annotation.notes` with a text a row. `.updated_by` ("SDK") and `.updated_at` (now; a Date or ms) are filled
   * in. Over Arrow Flight, so Node only; cut and repeated as `log`. The source is `spec/flight.md §9`.
   * @throws as `log`
   */
  logAnnotations(annotations: TabularData, options: SpanOptions): Promise<SpanUpdateResult> {
    return updateSpans(this.#context, "annotations", annotations, options);
  }

  /**
   * Patches the metadata of spans that were logged before: `context.span_id`, and one column a field
   * (`attributes.metadata.<field>`) or `patch_document`, an object or its JSON text, which wins where both set a field.
   * Null sets a field to JSON null; nothing is removed. Spans that are not there come back in `errors`. Over Arrow Flight,
   * so Node only; cut and repeated as `log`. The source is `spec/flight.md §9`.
   * @throws as `log`
   */
  logMetadata(patches: TabularData, options: SpanOptions): Promise<SpanUpdateResult> {
    return updateSpans(this.#context, "metadata", patches, options);
  }

  /**
   * Logs one record. Resolves once the record is in the queue, which is bounded: a producer that is faster than the
   * platform waits here. Records are posted in the background, repeated on transient failures where they carry a prediction
   * id; those that do not land are reported by `flush` and `close`, or to `onFailure`. Await one of the two before the
   * process ends; SIGINT, SIGTERM and a process that has nothing else to do wait for accepted records too, and say on stderr
   * what did not land (`flushOnExit` of the client turns that off). `process.exit()` does not wait.
   * @throws ValidationFailure when the record breaks rules of `spec/ingest.md §8.5`; it is then not queued
   */
  stream(record: StreamRecord, options: StreamOptions = {}): Promise<void> {
    return this.#stream.add(record, options);
  }

  /** Waits until every streamed record has landed or failed. @throws StreamError with all records that failed */
  flush(): Promise<void> {
    return this.#stream.flush();
  }

  /** Refuses further streamed records and flushes. @throws StreamError as `flush` */
  close(): Promise<void> {
    return this.#stream.close();
  }
}
