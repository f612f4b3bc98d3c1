import {
  CreateResourceRestrictionRequest,
  ListResourceRestrictionsQuery,
  ResourceRestriction,
  ResourceRestrictionPage,
  ResourceRestrictionPath,
} from "@axlab/wire/rest";
import { presentRestriction } from "../../../domain/restrictions/restrictions.js";
import { route } from "../pipeline.js";

export const resourceRestrictionRoutes = [
  route({
    method: "get",
    path: "/v2/resource-restrictions",
    tag: "resource-restrictions",
    summary: "List the restrictions that the caller may lift",
    access: {
      on: "each",
      requirement: "PROJECT_RESTRICT",
      why: "the list holds the restrictions that the caller may manage",
    },
    query: ListResourceRestrictionsQuery,
    success: { status: 200, body: ResourceRestrictionPage },
    errors: [],
    async handle({ caller, domain, input }) {
      const { items, pagination } = await domain.restrictions.list(caller, input.query);
      return { resource_restrictions: items, pagination };
    },
  }),
  route({
    method: "post",
    path: "/v2/resource-restrictions",
    tag: "resource-restrictions",
    summary: "Restrict a project to those who are bound on it",
    access: { on: "project", requirement: "PROJECT_RESTRICT", id: ({ body }) => body.resource_id },
    body: CreateResourceRestrictionRequest,
    success: { status: 200, body: ResourceRestriction },
    errors: [403, 404, 422],
    handle: async ({ domain, target }) => presentRestriction(await domain.restrictions.restrict(target.entity)),
  }),
  route({
    method: "delete",
    path: "/v2/resource-restrictions/{resource_id}",
    tag: "resource-restrictions",
    summary: "Lift a project's restriction",
    access: { on: "project", requirement: "PROJECT_RESTRICT", id: ({ params }) => params.resource_id },
    params: ResourceRestrictionPath,
    success: { status: 204 },
    errors: [403, 404],
    handle: ({ domain, target }) => domain.restrictions.lift(target.entity),
  }),
];
