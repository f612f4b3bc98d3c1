import {
  CreateDatasetRequest,
  Dataset,
  DatasetPage,
  DatasetPath,
  ListDatasetsQuery,
  UpdateDatasetRequest,
} from "@axlab/wire/rest";
import { presentDataset } from "../../../domain/datasets/present.js";
import { route } from "../pipeline.js";

const tag = "datasets";

export const datasetRoutes = [
  route({
    method: "get",
    path: "/v2/datasets",
    tag,
    summary: "List datasets, newest first",
    access: {
      on: "each",
      requirement: "DATASET_READ",
      why: "the list draws from the spaces where the caller may read datasets; a hidden space_id is 404",
    },
    query: ListDatasetsQuery,
    success: { status: 200, body: DatasetPage },
    errors: [403, 404],
    async handle({ caller, domain, input }) {
      const { items, pagination } = await domain.datasets.list(caller, input.query);
      return { datasets: items.map((row) => presentDataset(row)), pagination };
    },
  }),
  route({
    method: "post",
    path: "/v2/datasets",
    tag,
    summary: "Create a dataset with its first examples",
    access: { on: "space", requirement: "DATASET_CREATE", id: ({ body }) => body.space_id },
    body: CreateDatasetRequest,
    success: { status: 201, body: Dataset },
    errors: [403, 404, 409, 422],
    async handle({ domain, input: { body }, target }) {
      const { dataset, version } = await domain.datasets.create(target.entity, body.name, body.examples);
      return presentDataset(dataset, [version]);
    },
  }),
  route({
    method: "get",
    path: "/v2/datasets/{dataset_id}",
    tag,
    summary: "Get a dataset with its versions",
    access: { on: "dataset", requirement: "DATASET_READ", read: "DATASET_READ", id: ({ params }) => params.dataset_id },
    params: DatasetPath,
    success: { status: 200, body: Dataset },
    errors: [404],
    handle: async ({ domain, target }) => presentDataset(target.entity, await domain.datasets.versions(target.entity)),
  }),
  route({
    method: "patch",
    path: "/v2/datasets/{dataset_id}",
    tag,
    summary: "Rename a dataset",
    access: {
      on: "dataset",
      requirement: "DATASET_UPDATE",
      read: "DATASET_READ",
      id: ({ params }) => params.dataset_id,
    },
    params: DatasetPath,
    body: UpdateDatasetRequest,
    success: { status: 200, body: Dataset },
    errors: [403, 404, 409, 422],
    handle: async ({ domain, input, target }) =>
      presentDataset(
        await domain.datasets.rename(target.entity, input.body.name),
        await domain.datasets.versions(target.entity),
      ),
  }),
  route({
    method: "delete",
    path: "/v2/datasets/{dataset_id}",
    tag,
    summary: "Delete a dataset with its versions and experiments",
    access: {
      on: "dataset",
      requirement: "DATASET_DELETE",
      read: "DATASET_READ",
      id: ({ params }) => params.dataset_id,
    },
    params: DatasetPath,
    success: { status: 204 },
    errors: [403, 404],
    handle: ({ domain, target }) => domain.datasets.delete(target.entity),
  }),
];
