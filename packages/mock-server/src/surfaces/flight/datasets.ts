import type { JsonObject, JsonValue } from "@axlab/wire";
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
import { columnsOf } from "../../domain/datasets/datasets.js";
import type { NewExample } from "../../domain/datasets/examples.js";
import type { Domain } from "../../domain/domain.js";
import { locate } from "../../domain/locate.js";
import { readStoredObject } from "../../domain/rows.js";
import { InvalidRequestError, NotFoundError } from "../../errors.js";
import type { DatasetRow } from "../../store/tables/index.js";
import { arrowFromRows } from "./rows/to-arrow.js";
import { rowsFromArrow } from "./rows/from-arrow.js";

/** By id or by name within the space, as every dataset command names it. */
export interface DatasetReference {
  spaceId: string;
  datasetIdentifier: { case: "datasetId" | "datasetName"; value: string } | { case: undefined; value?: undefined };
}

const RESERVED = ["id", "created_at", "updated_at"];
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
  if (request.datasetName.trim() === "") throw new InvalidRequestError("datasetName: missing; a dataset needs a name.");
  const space = await locate(domain.core.store.db, "space", request.spaceId);
  domain.core.gate.require(caller, "DATASET_CREATE", space?.ref ?? null);
  if (space === null) throw new NotFoundError();
  const { rows, columns } = await rowsFromArrow(messages);
  const { dataset } = await domain.datasets.create(
    space.entity,
    request.datasetName,
    rows.map(newExample),
    kept(columns),
  );
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
  const { rows, columns } = await rowsFromArrow(messages);
  await domain.datasets.replace(dataset, rows.map(newExample), kept(columns));
  return messageCodec(UpdateDatasetResponseSchema).encode({ datasetId: dataset.id });
}

/** The examples of a version, by its id or name, or of the latest: the user's columns with `id`, `created_at` and `updated_at`. */
export async function* getDataset(
  domain: Domain,
  caller: Caller,
  request: GetDatasetRequest,
): AsyncGenerator<IpcMessage> {
  const dataset = await findDataset(domain, caller, request, "DATASET_READ");
  const version = await domain.datasets.version(
    dataset,
    request.datasetVersion === "" ? undefined : request.datasetVersion,
  );
  const hints = [
    { name: "id", type: "Utf8" },
    { name: "created_at", type: "Int64" },
    { name: "updated_at", type: "Int64" },
    ...columnsOf(version),
  ];
  yield* arrowFromRows(async function* () {
    let after: number | undefined;
    for (;;) {
      const page = await domain.datasets.exampleRows(version, after, PAGE_ROWS);
      if (page.length > 0)
        yield page.map((row): JsonObject => ({
          ...readStoredObject(row.data),
          id: row.example_id,
          created_at: row.created_at,
          updated_at: row.updated_at,
        }));
      if (page.length < PAGE_ROWS) return;
      after = page.at(-1)?.position;
    }
  }, hints);
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

const kept = (columns: { name: string; type: string }[]) => columns.filter(({ name }) => !RESERVED.includes(name));

function newExample({ id, created_at, updated_at, ...data }: JsonObject): NewExample {
  return { id: idText(id) ?? undefined, data, createdAt: msOf(created_at), updatedAt: msOf(updated_at) };
}

/** Ids may be numbers in a frame; here they are text. */
export const idText = (id: JsonValue | undefined): string | null =>
  id === null || id === undefined ? null : typeof id === "string" ? id : JSON.stringify(id);

const msOf = (value: unknown): number | undefined => (typeof value === "number" ? Math.trunc(value) : undefined);
