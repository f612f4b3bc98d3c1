import {
  AddOrganizationUserRequest,
  CreateOrganizationRequest,
  ListOrganizationsQuery,
  Organization,
  OrganizationMembership,
  OrganizationPage,
  OrganizationPath,
  OrganizationUserPath,
  UpdateOrganizationRequest,
} from "@axlab/wire/rest";
import { presentOrganization } from "../../../domain/organizations/organizations.js";
import { route } from "../pipeline.js";

export const organizationRoutes = [
  route({
    method: "get",
    path: "/v2/organizations",
    tag: "organizations",
    summary: "List organizations",
    access: {
      on: "each",
      requirement: "ORGANIZATION_READ",
      why: "the list holds the organizations that the caller may read",
    },
    query: ListOrganizationsQuery,
    success: { status: 200, body: OrganizationPage },
    errors: [403],
    async handle({ caller, domain, input }) {
      const { items, pagination } = await domain.organizations.list(caller, input.query);
      return { organizations: items, pagination };
    },
  }),
  route({
    method: "post",
    path: "/v2/organizations",
    tag: "organizations",
    summary: "Create an organization",
    access: { on: "account", requirement: "ORGANIZATION_CREATE" },
    body: CreateOrganizationRequest,
    success: { status: 201, body: Organization },
    errors: [403, 409, 422],
    handle: async ({ caller, domain, input }) =>
      presentOrganization(await domain.organizations.create(caller, input.body)),
  }),
  route({
    method: "get",
    path: "/v2/organizations/{org_id}",
    tag: "organizations",
    summary: "Get an organization",
    access: { on: "organization", requirement: "ORGANIZATION_READ", id: ({ params }) => params.org_id },
    params: OrganizationPath,
    success: { status: 200, body: Organization },
    errors: [404],
    handle: async ({ target }) => presentOrganization(target.entity),
  }),
  route({
    method: "patch",
    path: "/v2/organizations/{org_id}",
    tag: "organizations",
    summary: "Change an organization's name or description",
    access: { on: "organization", requirement: "ORGANIZATION_UPDATE", id: ({ params }) => params.org_id },
    params: OrganizationPath,
    body: UpdateOrganizationRequest,
    success: { status: 200, body: Organization },
    errors: [403, 404, 409, 422],
    handle: async ({ domain, input, target }) =>
      presentOrganization(await domain.organizations.update(target.entity, input.body)),
  }),
  route({
    method: "delete",
    path: "/v2/organizations/{org_id}",
    tag: "organizations",
    summary: "Delete an organization with its spaces and all that is in them",
    access: { on: "organization", requirement: "ORGANIZATION_DELETE", id: ({ params }) => params.org_id },
    params: OrganizationPath,
    success: { status: 204 },
    errors: [403, 404],
    handle: ({ domain, target }) => domain.organizations.delete(target.entity),
  }),
  route({
    method: "post",
    path: "/v2/organizations/{org_id}/users",
    tag: "organizations",
    summary: "Add a person to an organization, or change their role in it",
    access: { on: "organization", requirement: "ORGANIZATION_ADMIN", id: ({ params }) => params.org_id },
    params: OrganizationPath,
    body: AddOrganizationUserRequest,
    success: { status: 200, body: OrganizationMembership },
    errors: [403, 404, 422],
    handle: ({ domain, input: { body }, target }) =>
      domain.organizationMembers.put(target.entity, body.user_id, body.role),
  }),
  route({
    method: "delete",
    path: "/v2/organizations/{org_id}/users/{user_id}",
    tag: "organizations",
    summary: "Take a person out of an organization and all its spaces",
    access: { on: "organization", requirement: "ORGANIZATION_ADMIN", id: ({ params }) => params.org_id },
    params: OrganizationUserPath,
    success: { status: 204 },
    errors: [403, 404],
    handle: ({ domain, input, target }) => domain.organizationMembers.remove(target.entity, input.params.user_id),
  }),
];
