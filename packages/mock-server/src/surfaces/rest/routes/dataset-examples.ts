import {
  AnnotateRecordsRequest,
  CreateDatasetExamplesRequest,
  DatasetExamplePage,
  DatasetPath,
  DatasetVersionQuery,
  DatasetVersionWithExampleIds,
  DeleteDatasetExamplesRequest,
  DeleteDatasetExamplesResponse,
  ListDatasetExamplesQuery,
  SearchDatasetExamplesRequest,
  UpdateDatasetExamplesRequest,
} from "@axlab/wire/rest";
import type { Domain } from "../../../domain/domain.js";
import { existingIds } from "../../../domain/datasets/examples.js";
import { presentExample, presentWritten } from "../../../domain/datasets/present.js";
import { searchBySeq } from "../../../domain/searching.js";
import type { DatasetVersionRow } from "../../../store/tables/index.js";
import { route } from "../pipeline.js";

const tag = "datasets";
const path = "/v2/datasets/{dataset_id}/examples";

const reading = {
  on: "dataset",
  requirement: "DATASET_EXAMPLE_READ",
  read: "DATASET_READ",
  id: ({ params }: { params: { dataset_id: string } }) => params.dataset_id,
} as const;

/** The examples of a version with their annotations, in the order of sending. */
const shownExamples =
  (domain: Domain, version: DatasetVersionRow) => async (after: number | undefined, count: number) => {
    const rows = await domain.datasets.exampleRows(version, after, count);
    const annotations = await domain.annotations.of(
      version.id,
      rows.map((row) => row.example_id),
    );
    return rows.map((row) => ({ seq: row.position, shown: presentExample(row, annotations.get(row.example_id)) }));
  };

export const datasetExampleRoutes = [
  route({
    method: "get",
    path,
    tag,
    summary: "List the examples of a version, in the order of sending",
    access: reading,
    params: DatasetPath,
    query: ListDatasetExamplesQuery,
    success: { status: 200, body: DatasetExamplePage },
    errors: [403, 404],
    async handle({ domain, input: { query }, target }) {
      const version = await domain.datasets.version(target.entity, query.dataset_version_id);
      const { items, pagination } = await searchBySeq(query, shownExamples(domain, version));
      return { examples: items, pagination };
    },
  }),
  route({
    method: "post",
    path: `${path}/search`,
    tag,
    summary: "Search the examples of a version, in the order of sending",
    access: reading,
    params: DatasetPath,
    body: SearchDatasetExamplesRequest,
    success: { status: 200, body: DatasetExamplePage },
    errors: [403, 404],
    audited: false,
    async handle({ domain, input: { body }, target }) {
      const version = await domain.datasets.version(target.entity, body.dataset_version_id);
      const { items, pagination } = await searchBySeq(body, shownExamples(domain, version));
      return { examples: items, pagination };
    },
  }),
  route({
    method: "post",
    path,
    tag,
    summary: "Append examples to a version",
    access: {
      on: "dataset",
      requirement: "DATASET_EXAMPLE_CREATE",
      read: "DATASET_READ",
      id: ({ params }) => params.dataset_id,
    },
    params: DatasetPath,
    query: DatasetVersionQuery,
    body: CreateDatasetExamplesRequest,
    success: { status: 201, body: DatasetVersionWithExampleIds },
    errors: [403, 404, 422],
    handle: async ({ domain, input: { query, body }, target }) =>
      presentWritten(await domain.examples.append(target.entity, query.dataset_version_id, body.examples)),
  }),
  route({
    method: "patch",
    path,
    tag,
    summary: "Change examples, in place or in a new version",
    access: {
      on: "dataset",
      requirement: "DATASET_EXAMPLE_UPDATE",
      read: "DATASET_READ",
      id: ({ params }) => params.dataset_id,
    },
    params: DatasetPath,
    query: DatasetVersionQuery,
    body: UpdateDatasetExamplesRequest,
    success: { status: 200, body: DatasetVersionWithExampleIds },
    errors: [403, 404, 409, 422],
    async handle({ domain, input: { query, body }, target }) {
      const changes = body.examples.map(({ id, ...data }) => ({ id, data }));
      return presentWritten(
        await domain.examples.update(target.entity, query.dataset_version_id, changes, body.new_version),
      );
    },
  }),
  route({
    method: "delete",
    path,
    tag,
    summary: "Delete examples of a version, in place",
    access: {
      on: "dataset",
      requirement: "DATASET_EXAMPLE_DELETE",
      read: "DATASET_READ",
      id: ({ params }) => params.dataset_id,
    },
    params: DatasetPath,
    body: DeleteDatasetExamplesRequest,
    success: { status: 200, body: DeleteDatasetExamplesResponse },
    errors: [403, 404, 422, 503],
    async handle({ domain, input: { body }, target }) {
      const { deleted, notDeleted } = await domain.examples.delete(
        target.entity,
        body.dataset_version_id,
        body.example_ids,
      );
      return { completed: true, deleted_example_ids: deleted, not_deleted_example_ids: notDeleted };
    },
  }),
  route({
    method: "post",
    path: `${path}/annotate`,
    tag,
    summary: "Annotate examples of the latest version",
    access: {
      on: "dataset",
      requirement: "DATASET_EXAMPLE_ANNOTATE",
      read: "DATASET_READ",
      id: ({ params }) => params.dataset_id,
    },
    params: DatasetPath,
    body: AnnotateRecordsRequest,
    success: { status: 202 },
    errors: [403, 404, 422],
    async handle({ caller, domain, input: { body }, target }) {
      const version = await domain.datasets.version(target.entity);
      const { db } = domain.core.store;
      await domain.annotations.write(caller, target.entity.space_id, version.id, body.annotations, (ids) =>
        existingIds(db, version.id, ids),
      );
    },
  }),
];
