import type { IpcMessage } from "@axlab/wire/arrow";
import type { InferenceRecord } from "@axlab/wire/ingest";
import type { ModelEnvironment, ModelRecord, ProjectEnvironment } from "@axlab/wire/console";
import type { RecordBatch } from "apache-arrow";
import type { Caller } from "../../access/gate.js";
import type { Core } from "../../core.js";
import { eraseWindow, type ErasedWindow } from "./erase.js";
import { RecordExport } from "./export/export.js";
import { newestFirst, type RecordPage } from "./export/newest-first.js";
import type { Position } from "./export/batch-orders.js";
import { everyRecord, type RecordQuery, type UnresolvedQuery } from "./export/query.js";
import { scan } from "./export/scan.js";
import { newestUpload } from "./export/segments.js";
import { Snapshots } from "./export/snapshots.js";
import { RecordBuffer } from "./single/buffer.js";
import { checkRecord } from "./single/check-record.js";
import { Destinations } from "./single/destinations.js";
import { readRecord } from "./single/read-record.js";
import { receiveRecords, type Received } from "./reception.js";
import type { ProjectRow } from "../../store/tables/index.js";
import { NotFoundError } from "../../errors.js";
import { locate, type Located } from "../locate.js";
import type { Page, PageRequest } from "../paging.js";
import { readableEnvironments } from "./environments.js";
import { paginationOf, positionOf } from "./export/cursor.js";
import { recordsAsJson } from "./present.js";
import { lookUp } from "./similarity.js";
import { adoptProject, findReadable, findWritable } from "./target.js";
import { purgeAbandonedUploads } from "./uploads.js";

/** An export that was planned, and the upload it reads up to, so that it can be planned again and give the same. */
export interface PlannedExport {
  export: RecordExport;
  upTo: number;
}

/** Records of models and spans of projects: taken in as Arrow, kept as Arrow, given out as Arrow. */
export class Records {
  readonly #buffer: RecordBuffer;
  readonly #destinations: Destinations;
  readonly #snapshots: Snapshots;

  constructor(private readonly core: Core) {
    this.#buffer = new RecordBuffer(core);
    this.#destinations = new Destinations(core);
    this.#snapshots = new Snapshots(core);
  }

  /** @see receiveRecords */
  async receive(caller: Caller, spaceId: string | null, messages: AsyncIterable<IpcMessage>): Promise<Received> {
    return receiveRecords(this.core, caller, spaceId, messages);
  }

  /** One record by itself; kept when this resolves. @throws InvalidRequestError, NotFoundError, ForbiddenError */
  async log(caller: Caller, spaceId: string | null, record: InferenceRecord): Promise<void> {
    const { facts, ...read } = readRecord(record);
    checkRecord(read, facts, this.core.clock.now());
    const { model: name, environment, modelType } = read;
    const described = { name, environment, modelType };
    const destination = this.#destinations.of(spaceId, name);
    const target = await findWritable(this.core, caller, spaceId, described, "records", destination);
    await this.#buffer.add(caller, target, read);
  }

  /**
   * @param name of the model or project
   * @param upTo what an earlier plan said; without it, everything that is there now
   * @throws NotFoundError, ForbiddenError, InvalidRequestError
   */
  async plan(
    caller: Caller,
    spaceId: string,
    name: string,
    { similarTo, ...query }: UnresolvedQuery,
    upTo?: number,
  ): Promise<PlannedExport> {
    const { environment } = query;
    const { id: projectId } = await findReadable(this.core, caller, spaceId, name, environment);
    const newest = upTo ?? (await newestUpload(this.core, projectId, environment));
    const similar =
      similarTo === undefined ? null : await lookUp(this.core, { projectId, environment, upTo: newest }, similarTo);
    const snapshot = await this.#snapshots.of(projectId, environment, newest);
    return { export: RecordExport.plan(this.core, snapshot, { ...query, similar }), upTo: newest };
  }

  /**
   * Records of a project, newest first, a page at a time. Asks nothing about who may see them: the caller was asked already.
   * @throws InvalidRequestError when the filter names a column that there is not
   */
  async newest(projectId: string, query: RecordQuery, after: Position | null, limit: number): Promise<RecordPage> {
    const upTo = await newestUpload(this.core, projectId, query.environment);
    const snapshot = await this.#snapshots.of(projectId, query.environment, upTo);
    return newestFirst(this.core, snapshot, query, after, limit);
  }

  /** A model's records as JSON, newest first, a page at a time. Asks nothing, as `newest`. @throws InvalidRequestError for a foreign cursor */
  async list(
    projectId: string,
    environment: ModelEnvironment,
    { limit, cursor }: PageRequest,
  ): Promise<Page<ModelRecord>> {
    const page = await this.newest(projectId, everyRecord(environment), positionOf(cursor), limit);
    return { items: recordsAsJson(page), pagination: paginationOf(page) };
  }

  /** @see readableEnvironments */
  environments(caller: Caller, project: Located<"project">): Promise<ProjectEnvironment[]> {
    return readableEnvironments(this.core, caller, project);
  }

  /** How many records fit. Asks nothing, as `newest`. */
  async count(projectId: string, query: RecordQuery): Promise<number> {
    const upTo = await newestUpload(this.core, projectId, query.environment);
    const snapshot = await this.#snapshots.of(projectId, query.environment, upTo);
    return RecordExport.plan(this.core, snapshot, query).count();
  }

  /** @see eraseWindow */
  async erase(caller: Caller, project: ProjectRow, window: ErasedWindow): Promise<void> {
    await eraseWindow(this.core, caller, project, window);
  }

  /** All records that fit, in order of acceptance. @param columns those wanted; without it all. Asks nothing, as `newest`. */
  async *scan(projectId: string, query: RecordQuery, columns?: readonly string[]): AsyncGenerator<RecordBatch> {
    const upTo = await newestUpload(this.core, projectId, query.environment);
    yield* scan(this.core, await this.#snapshots.of(projectId, query.environment, upTo), query, columns);
  }

  /** The project of a name that an experiment's traces go to, made when it is not there; the experiment's own permission covers it. */
  async tracesProject(spaceId: string, name: string): Promise<ProjectRow> {
    const { store } = this.core;
    const space = await locate(store.db, "space", spaceId);
    if (space === null) throw new NotFoundError();
    return store.transaction((tx) =>
      adoptProject(this.core, tx, { space: space.entity, name, modelType: "GENERATIVE_LLM", environment: "TRACING" }),
    );
  }

  /** Stores what still waits to be stored; for the end of the process. */
  async settle(): Promise<void> {
    await this.#buffer.flush();
  }

  /** @see purgeAbandonedUploads */
  async purgeAbandoned(): Promise<void> {
    await purgeAbandonedUploads(this.core);
  }
}
