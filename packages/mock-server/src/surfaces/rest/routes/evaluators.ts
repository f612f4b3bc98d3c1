import {
  CreateEvaluatorRequest,
  CreateEvaluatorVersionRequest,
  Evaluator,
  EvaluatorPage,
  EvaluatorPath,
  EvaluatorVersion,
  EvaluatorVersionPage,
  EvaluatorVersionPath,
  EvaluatorWithVersion,
  GetEvaluatorQuery,
  ListEvaluatorsQuery,
  ListEvaluatorVersionsQuery,
  UpdateEvaluatorRequest,
} from "@axlab/wire/rest";
import { presentEvaluator, presentEvaluatorVersion } from "../../../domain/evaluators/present.js";
import type { EvaluatorRow, EvaluatorVersionRow } from "../../../store/tables/index.js";
import { route } from "../pipeline.js";

const tag = "evaluators";
const path = "/v2/evaluators/{evaluator_id}";

const withVersion = (evaluator: EvaluatorRow, version: EvaluatorVersionRow): EvaluatorWithVersion => ({
  ...presentEvaluator(evaluator),
  version: presentEvaluatorVersion(version, evaluator.type),
});

export const evaluatorRoutes = [
  route({
    method: "get",
    path: "/v2/evaluators",
    tag,
    summary: "List evaluators, most recently updated first",
    access: {
      on: "each",
      requirement: "EVALUATOR_READ",
      why: "the list draws from the spaces where the caller may read evaluators; a hidden space_id is 404",
    },
    query: ListEvaluatorsQuery,
    success: { status: 200, body: EvaluatorPage },
    errors: [403, 404],
    async handle({ caller, domain, input }) {
      const { items, pagination } = await domain.evaluators.list(caller, input.query);
      return { evaluators: items.map(presentEvaluator), pagination };
    },
  }),
  route({
    method: "post",
    path: "/v2/evaluators",
    tag,
    summary: "Create an evaluator with its first version",
    access: { on: "space", requirement: "EVALUATOR_CREATE", id: ({ body }) => body.space_id },
    body: CreateEvaluatorRequest,
    success: { status: 201, body: EvaluatorWithVersion },
    errors: [403, 404, 409, 422],
    async handle({ caller, domain, input: { body }, target }) {
      const { evaluator, version } = await domain.evaluators.create(caller, target.entity, body);
      return withVersion(evaluator, version);
    },
  }),
  route({
    method: "get",
    path,
    tag,
    summary: "Get an evaluator with its latest version, or another",
    access: {
      on: "evaluator",
      requirement: "EVALUATOR_READ",
      read: "EVALUATOR_READ",
      id: ({ params }) => params.evaluator_id,
    },
    params: EvaluatorPath,
    query: GetEvaluatorQuery,
    success: { status: 200, body: EvaluatorWithVersion },
    errors: [404],
    handle: async ({ domain, input: { query }, target }) =>
      withVersion(target.entity, await domain.evaluators.version(target.entity, query.version_id)),
  }),
  route({
    method: "patch",
    path,
    tag,
    summary: "Rename or describe an evaluator",
    access: {
      on: "evaluator",
      requirement: "EVALUATOR_UPDATE",
      read: "EVALUATOR_READ",
      id: ({ params }) => params.evaluator_id,
    },
    params: EvaluatorPath,
    body: UpdateEvaluatorRequest,
    success: { status: 200, body: Evaluator },
    errors: [403, 404, 409, 422],
    handle: async ({ domain, input, target }) =>
      presentEvaluator(await domain.evaluators.update(target.entity, input.body)),
  }),
  route({
    method: "delete",
    path,
    tag,
    summary: "Delete an evaluator with its versions",
    access: {
      on: "evaluator",
      requirement: "EVALUATOR_DELETE",
      read: "EVALUATOR_READ",
      id: ({ params }) => params.evaluator_id,
    },
    params: EvaluatorPath,
    success: { status: 204 },
    errors: [403, 404],
    handle: ({ domain, target }) => domain.evaluators.delete(target.entity),
  }),
  route({
    method: "get",
    path: `${path}/versions`,
    tag,
    summary: "List the versions of an evaluator, newest first",
    access: {
      on: "evaluator",
      requirement: "EVALUATOR_READ",
      read: "EVALUATOR_READ",
      id: ({ params }) => params.evaluator_id,
    },
    params: EvaluatorPath,
    query: ListEvaluatorVersionsQuery,
    success: { status: 200, body: EvaluatorVersionPage },
    errors: [403, 404],
    async handle({ domain, input: { query }, target }) {
      const { items, pagination } = await domain.evaluators.versions(target.entity, query);
      return {
        evaluator_versions: items.map((version) => presentEvaluatorVersion(version, target.entity.type)),
        pagination,
      };
    },
  }),
  route({
    method: "post",
    path: `${path}/versions`,
    tag,
    summary: "Add a version to an evaluator; it is the latest from then on",
    access: {
      on: "evaluator",
      requirement: "EVALUATOR_UPDATE",
      read: "EVALUATOR_READ",
      id: ({ params }) => params.evaluator_id,
    },
    params: EvaluatorPath,
    body: CreateEvaluatorVersionRequest,
    success: { status: 201, body: EvaluatorVersion },
    errors: [403, 404, 422],
    handle: async ({ caller, domain, input, target }) =>
      presentEvaluatorVersion(
        await domain.evaluators.createVersion(caller, target.entity, input.body),
        target.entity.type,
      ),
  }),
  route({
    method: "get",
    path: "/v2/evaluator-versions/{version_id}",
    tag,
    summary: "Get an evaluator version",
    access: {
      on: "evaluatorVersion",
      requirement: "EVALUATOR_READ",
      read: "EVALUATOR_READ",
      id: ({ params }) => params.version_id,
    },
    params: EvaluatorVersionPath,
    success: { status: 200, body: EvaluatorVersion },
    errors: [404],
    handle: async ({ domain, target }) =>
      presentEvaluatorVersion(target.entity, (await domain.evaluators.ofVersion(target.entity)).type),
  }),
];
