import {
  AddSpaceUserRequest,
  CreateSpaceRequest,
  ListSpacesQuery,
  Space,
  SpaceMembership,
  SpacePage,
  SpacePath,
  SpaceUserPath,
  UpdateSpaceRequest,
} from "@axlab/wire/rest";
import { presentSpace } from "../../../domain/spaces/spaces.js";
import { route } from "../pipeline.js";

export const spaceRoutes = [
  route({
    method: "get",
    path: "/v2/spaces",
    tag: "spaces",
    summary: "List spaces",
    access: { on: "each", requirement: "SPACE_READ", why: "the list holds the spaces that the caller may read" },
    query: ListSpacesQuery,
    success: { status: 200, body: SpacePage },
    errors: [403],
    async handle({ caller, domain, input: { query } }) {
      const { items, pagination } = await domain.spaces.list(caller, { ...query, organizationId: query.org_id });
      return { spaces: items.map((row) => presentSpace(row, caller.client)), pagination };
    },
  }),
  route({
    method: "post",
    path: "/v2/spaces",
    tag: "spaces",
    summary: "Create a space",
    access: { on: "organization", requirement: "SPACE_CREATE", id: ({ body }) => body.organization_id },
    body: CreateSpaceRequest,
    success: { status: 201, body: Space },
    errors: [403, 404, 409, 422],
    handle: async ({ caller, domain, input, target }) =>
      presentSpace(await domain.spaces.create(caller, target.entity, input.body), caller.client),
  }),
  route({
    method: "get",
    path: "/v2/spaces/{space_id}",
    tag: "spaces",
    summary: "Get a space",
    access: { on: "space", requirement: "SPACE_READ", id: ({ params }) => params.space_id },
    params: SpacePath,
    success: { status: 200, body: Space },
    errors: [403, 404],
    handle: async ({ caller, target }) => presentSpace(target.entity, caller.client),
  }),
  route({
    method: "patch",
    path: "/v2/spaces/{space_id}",
    tag: "spaces",
    summary: "Change a space's name, description or privacy",
    access: { on: "space", requirement: "SPACE_UPDATE", id: ({ params }) => params.space_id },
    params: SpacePath,
    body: UpdateSpaceRequest,
    success: { status: 200, body: Space },
    errors: [403, 404, 409, 422],
    handle: async ({ caller, domain, input, target }) =>
      presentSpace(await domain.spaces.update(target.entity, input.body), caller.client),
  }),
  route({
    method: "delete",
    path: "/v2/spaces/{space_id}",
    tag: "spaces",
    summary: "Delete a space with all that is in it",
    access: { on: "space", requirement: "SPACE_DELETE", id: ({ params }) => params.space_id },
    params: SpacePath,
    success: { status: 204 },
    errors: [403, 404],
    handle: ({ domain, target }) => domain.spaces.delete(target.entity),
  }),
  route({
    method: "post",
    path: "/v2/spaces/{space_id}/users",
    tag: "spaces",
    summary: "Add a person to a space, or change their role in it",
    access: {
      on: "domain",
      requirement: "SPACE_ADMIN",
      why: "a predefined role needs a space admin, a custom one ROLE_BINDING_CREATE",
    },
    params: SpacePath,
    body: AddSpaceUserRequest,
    success: { status: 200, body: SpaceMembership },
    errors: [403, 404, 422],
    handle: ({ caller, domain, input: { params, body } }) =>
      domain.spaceMembers.put(caller, params.space_id, body.user_id, body.role),
  }),
  route({
    method: "delete",
    path: "/v2/spaces/{space_id}/users/{user_id}",
    tag: "spaces",
    summary: "Take a person out of a space",
    access: { on: "space", requirement: "ROLE_BINDING_DELETE", id: ({ params }) => params.space_id },
    params: SpaceUserPath,
    success: { status: 204 },
    errors: [403, 404],
    handle: ({ domain, input, target }) => domain.spaceMembers.remove(target.entity, input.params.user_id),
  }),
];
