import {
  AnnotationConfig,
  AnnotationConfigPage,
  AnnotationConfigPath,
  CreateAnnotationConfigRequest,
  ListAnnotationConfigsQuery,
  UpdateAnnotationConfigRequest,
} from "@axlab/wire/rest";
import { presentAnnotationConfig } from "../../../domain/annotations/configs.js";
import { route } from "../pipeline.js";

const tag = "annotation-configs";
const path = "/v2/annotation-configs/{annotation_config_id}";

export const annotationConfigRoutes = [
  route({
    method: "get",
    path: "/v2/annotation-configs",
    tag,
    summary: "List annotation configs",
    access: {
      on: "each",
      requirement: "ANNOTATION_CONFIG_READ",
      why: "the list draws from the spaces where the caller may read them; a hidden space_id is 404",
    },
    query: ListAnnotationConfigsQuery,
    success: { status: 200, body: AnnotationConfigPage },
    errors: [403, 404],
    async handle({ caller, domain, input }) {
      const { items, pagination } = await domain.annotationConfigs.list(caller, input.query);
      return { annotation_configs: items, pagination };
    },
  }),
  route({
    method: "post",
    path: "/v2/annotation-configs",
    tag,
    summary: "Create an annotation config",
    access: { on: "space", requirement: "ANNOTATION_CONFIG_CREATE", id: ({ body }) => body.space_id },
    body: CreateAnnotationConfigRequest,
    success: { status: 201, body: AnnotationConfig },
    errors: [403, 404, 409, 422],
    handle: ({ domain, input, target }) => domain.annotationConfigs.create(target.entity, input.body),
  }),
  route({
    method: "get",
    path,
    tag,
    summary: "Get an annotation config",
    access: {
      on: "annotationConfig",
      requirement: "ANNOTATION_CONFIG_READ",
      read: "ANNOTATION_CONFIG_READ",
      id: ({ params }) => params.annotation_config_id,
    },
    params: AnnotationConfigPath,
    success: { status: 200, body: AnnotationConfig },
    errors: [404],
    handle: async ({ target }) => presentAnnotationConfig(target.entity),
  }),
  route({
    method: "patch",
    path,
    tag,
    summary: "Change an annotation config",
    access: {
      on: "annotationConfig",
      requirement: "ANNOTATION_CONFIG_UPDATE",
      read: "ANNOTATION_CONFIG_READ",
      id: ({ params }) => params.annotation_config_id,
    },
    params: AnnotationConfigPath,
    body: UpdateAnnotationConfigRequest,
    success: { status: 200, body: AnnotationConfig },
    errors: [403, 404, 409, 422],
    handle: ({ domain, input, target }) => domain.annotationConfigs.update(target.entity, input.body),
  }),
  route({
    method: "delete",
    path,
    tag,
    summary: "Delete an annotation config",
    access: {
      on: "annotationConfig",
      requirement: "ANNOTATION_CONFIG_DELETE",
      read: "ANNOTATION_CONFIG_READ",
      id: ({ params }) => params.annotation_config_id,
    },
    params: AnnotationConfigPath,
    success: { status: 204 },
    errors: [403, 404, 409],
    handle: ({ domain, target }) => domain.annotationConfigs.delete(target.entity),
  }),
];
