import type { CallOptions } from "../transport/index.js";
import type { Environment, Metric, ModelType } from "./model-types.js";
import type { CorpusSchema, Schema } from "./schema/schema.js";
import type { UploadProgress } from "./upload/send.js";

/** Arguments of `logger.log`; the names are those of the official client in camelCase. */
export interface LogOptions extends UploadOptions {
  /** Which column plays which part; a `CorpusSchema` for the CORPUS environment. */
  readonly schema: Schema | CorpusSchema;
  /** Name of the model, of any length and characters. */
  readonly modelId: string;
  readonly modelVersion?: string | undefined;
  readonly modelType: ModelType;
  readonly environment: Environment;
  /** Names a validation run; required in VALIDATION. */
  readonly batchId?: string | undefined;
  /** Checks that the schema has what these metric families need. */
  readonly metricsValidation?: readonly Metric[] | undefined;
}

/** How an upload is checked and cut; the same for records, spans and evaluations. */
export interface UploadOptions extends CallOptions {
  /** `false` skips all rules but the required ones; the platform may still refuse the rows. Default true. */
  readonly validate?: boolean | undefined;
  /** Space to log into; default is the client's. */
  readonly spaceId?: string | undefined;
  /**
   * Whether each request is answered only once its rows can be queried. Default true. For evaluations, `true` writes them
   * by Arrow Flight; left out, they are posted.
   */
  readonly sync?: boolean | undefined;
  /** Most rows of one request. Default: as many as fit `maxRequestBytes`. */
  readonly rowsPerRequest?: number | undefined;
  /** Most bytes of one request's body. Default 16 MiB. */
  readonly maxRequestBytes?: number | undefined;
  /** Requests in flight at once; each holds its body in memory. Default 2. */
  readonly concurrency?: number | undefined;
  /** Called each time a request has landed. */
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
}

export interface LogResult {
  /** Rows confirmed by the platform: all of the input. */
  readonly rows: number;
  readonly requests: number;
  /** Bytes of all request bodies. */
  readonly bytes: number;
  readonly seconds: number;
  /** Where the platform shows the data, when it says so. */
  readonly url?: string | undefined;
}
