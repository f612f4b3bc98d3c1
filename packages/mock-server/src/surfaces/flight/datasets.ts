import type { JsonObject } from "@axlab/wire";
import type { IpcMessage } from "@axlab/wire/arrow";
import {
  CreateDatasetResponseSchema,
  DatasetType,
  DeleteDatasetResponseSchema,
  GetDatasetVersionsResponseSchema,
  ListDatasetsResponseSchema,
  messageCodec,
  timestampFromMs,
  UpdateDatasetResponseSchema,
  type CreateDatasetRequest,
  type GetDatasetRequest,
  type ListDatasetsRequest,
} from "@axlab/wire/flight";
import type { Permission } from "@axlab/auth";
import type { Caller } from "../../access/gate.js";
import type { Columns } from "../../domain/columns/columns.js";
import type { Kind } from "../../domain/columns/kinds.js";
import { nextPosition, type NewExample } from "../../domain/datasets/examples.js";
import type { ExampleUpload } from "../../domain/datasets/upload.js";
import { knownColumns } from "../../domain/datasets/versions.js";
import type { Domain } from "../../domain/domain.js";
import { locate } from "../../domain/locate.js";
import { checkedName, nameTaken } from "../../domain/names.js";
import { idText, inPages, readStoredObject } from "../../domain/rows.js";
import { InvalidRequestError, NotFoundError } from "../../errors.js";
import type { DatasetRow } from "../../store/tables/index.js";
import { arrowFromRows, columnsFound } from "./rows/to-arrow.js";
import { rowsFromArrow } from "./rows/from-arrow.js";

/** By id or by name within the space, as every dataset command names it. */
export interface DatasetReference {
  spaceId: string;
  datasetIdentifier: { case: "datasetId" | "datasetName"; value: string } | { case: undefined; value?: undefined };
}

const RESERVED_KINDS: Columns = new Map([
  ["id", "text"],
  ["created_at", "int"],
  ["updated_at", "int"],
]);
const RESERVED = [...RESERVED_KINDS.keys()];
const PAGE_ROWS = 1000;

/** @throws NotFoundError, ForbiddenError, InvalidRequestError when the command names none */
export async function findDataset(
  domain: Domain,
  caller: Caller,
  { spaceId, datasetIdentifier }: DatasetReference,
  permission: Permission,
): Promise<DatasetRow> {
  const { store, gate } = domain.core;
  if (datasetIdentifier.case === undefined || datasetIdentifier.value === "") {
    throw new InvalidRequestError(
      "The command names no dataset: send datasetId or datasetName. (log_experiment of the Python client v7 loses its dataset_id; give it dataset_name.)",
    );
  }
  const { case: by, value } = datasetIdentifier;
  if (by === "datasetId") {
    const found = await locate(store.db, "dataset", value);
    gate.require(caller, permission, found?.ref ?? null, "DATASET_READ");
    if (found !== null) return found.entity;
  } else {
    const space = await locate(store.db, "space", spaceId);
    gate.require(caller, permission, space?.ref ?? null, "DATASET_READ");
    const named = space === null ? undefined : await domain.datasets.findByName(space.entity, value);
    if (named !== undefined) return named;
  }
  throw new NotFoundError(`There is no dataset "${value}" here, or this key may not see it.`);
}

export async function createDataset(
  domain: Domain,
  caller: Caller,
  request: CreateDatasetRequest,
  messages: AsyncIterable<IpcMessage>,
): Promise<Uint8Array> {
  const name = checkedName("datasetName", request.datasetName);
  const space = await locate(domain.core.store.db, "space", request.spaceId);
  domain.core.gate.require(caller, "DATASET_CREATE", space?.ref ?? null);
  if (space === null) throw new NotFoundError();
  // Before a long upload, not after it.
  if ((await domain.datasets.findByName(space.entity, name)) !== undefined) throw nameTaken("a dataset", name, "space");
  const dataset = await receiveExamples(domain, messages, (upload) => upload.finishAsDataset(space.entity, name));
  return messageCodec(CreateDatasetResponseSchema).encode({ datasetId: dataset.id });
}

/** A new version that holds exactly these rows. */
export async function updateDataset(
  domain: Domain,
  caller: Caller,
  request: DatasetReference,
  messages: AsyncIterable<IpcMessage>,
): Promise<Uint8Array> {
  const dataset = await findDataset(domain, caller, request, "DATASET_UPDATE");
  await receiveExamples(domain, messages, (upload) => upload.finishAsVersion(dataset));
  return messageCodec(UpdateDatasetResponseSchema).encode({ datasetId: dataset.id });
}

/** Whatever goes wrong on the way, nothing of it stays. */
async function receiveExamples<T>(
  domain: Domain,
  messages: AsyncIterable<IpcMessage>,
  finish: (upload: ExampleUpload) => Promise<T>,
): Promise<T> {
  const { columns, pages } = await rowsFromArrow(messages);
  requireReservedTypes(columns);
  const upload = await domain.datasets.receive(new Map([...columns].filter(([name]) => !RESERVED.includes(name))));
  try {
    let first = 0;
    for await (const rows of pages) {
      await upload.append(rows.map((row, index) => newExample(row, first + index)));
      first += rows.length;
    }
    return await finish(upload);
  } catch (error) {
    await upload.abort();
    throw error;
  }
}

/** The examples of a version, by its id or name, or of the latest: the user's columns with `id`, `created_at` and `updated_at`. */
export async function* getDataset(
  domain: Domain,
  caller: Caller,
  request: GetDatasetRequest,
): AsyncGenerator<IpcMessage> {
  const { datasets } = domain;
  const dataset = await findDataset(domain, caller, request, "DATASET_EXAMPLE_READ");
  const version = await datasets.version(dataset, request.datasetVersion === "" ? undefined : request.datasetVersion);
  const end = await nextPosition(domain.core.store.db, version.id);
  const pages = async function* () {
    for await (const page of inPages((after, count) => datasets.exampleRows(version, after, count), end - 1))
      yield page.map((row): JsonObject => ({
        ...readStoredObject(row.data),
        id: row.example_id,
        created_at: row.created_at,
        updated_at: row.updated_at,
      }));
  };
  const columns = knownColumns(version) ?? (await columnsFound(pages));
  yield* arrowFromRows(
    pages,
    new Map([...RESERVED_KINDS, ...[...columns].filter(([name]) => !RESERVED.includes(name))]),
  );
}

export async function listDatasets(
  domain: Domain,
  caller: Caller,
  { spaceId }: ListDatasetsRequest,
): Promise<Uint8Array> {
  const datasets: DatasetRow[] = [];
  let cursor: string | undefined;
  do {
    const { items, pagination } = await domain.datasets.list(caller, { space_id: spaceId, limit: PAGE_ROWS, cursor });
    datasets.push(...items);
    cursor = pagination.next_cursor;
  } while (cursor !== undefined);
  return messageCodec(ListDatasetsResponseSchema).encode({
    datasets: datasets.map((row) => ({
      datasetId: row.id,
      datasetName: row.name,
      datasetType: DatasetType.GENERATIVE,
      createdAt: timestampFromMs(row.created_at),
      updatedAt: timestampFromMs(row.updated_at),
    })),
  });
}

export async function deleteDataset(domain: Domain, caller: Caller, request: DatasetReference): Promise<Uint8Array> {
  await domain.datasets.delete(await findDataset(domain, caller, request, "DATASET_DELETE"));
  return messageCodec(DeleteDatasetResponseSchema).encode({ success: true });
}

export async function getDatasetVersions(
  domain: Domain,
  caller: Caller,
  request: DatasetReference,
): Promise<Uint8Array> {
  const versions = await domain.datasets.versions(await findDataset(domain, caller, request, "DATASET_READ"));
  return messageCodec(GetDatasetVersionsResponseSchema).encode({
    versions: versions.map((row) => ({
      versionName: row.name,
      createdAt: timestampFromMs(row.created_at),
      updatedAt: timestampFromMs(row.updated_at),
    })),
  });
}

/** @throws InvalidRequestError when a column of ours holds what it cannot mean */
function requireReservedTypes(columns: Columns): void {
  const is = (name: string, ...kinds: Kind[]): boolean => kinds.includes(columns.get(name) ?? "null");
  if (!is("id", "null", "text", "int"))
    throw new InvalidRequestError('Column "id" must hold text or integers: the ids of the examples.');
  for (const name of ["created_at", "updated_at"])
    if (!is(name, "null", "int", "float", "instant"))
      throw new InvalidRequestError(`Column "${name}" must hold milliseconds since 1970, or timestamps.`);
}

function newExample({ id, created_at, updated_at, ...data }: JsonObject, row: number): NewExample {
  const text = idText(id);
  if (text === "")
    throw new InvalidRequestError(`Column "id": row ${row} holds an empty text; give it an id, or null.`);
  return { id: text ?? undefined, data, createdAt: msOf(created_at), updatedAt: msOf(updated_at) };
}

const msOf = (value: unknown): number | undefined => (typeof value === "number" ? Math.trunc(value) : undefined);
