import * as rest from "@axlab/wire/rest";
import type * as z from "zod";

import { RESOURCE_OPERATIONS } from "./resource-operations.js";

/** One operation of the API document: what it takes and what its success holds. */
export interface Operation {
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The body may be left out as a whole. */
  readonly bodyOptional?: true;
  /** Absent: no body (204, 202). */
  readonly response?: z.ZodType;
  /** A POST or DELETE-like call that only reads, so that it may be repeated. */
  readonly reads?: true;
}

/** Every REST v2 operation that this SDK types (`spec/rest.md` §3.1–3.20). */
export const OPERATIONS = {
  ...RESOURCE_OPERATIONS,

  "GET /v2/api-keys": { query: rest.ListApiKeysQuery, response: rest.ApiKeyPage },
  "POST /v2/api-keys": { body: rest.CreateApiKeyRequest, response: rest.CreatedApiKey },
  "POST /v2/api-keys/{api_key_id}/refresh": {
    body: rest.RefreshApiKeyRequest,
    bodyOptional: true,
    response: rest.RefreshedApiKey,
  },
  "PUT /v2/api-keys/{api_key_id}/revoke": {},

  "GET /v2/audit-logs": { query: rest.ListAuditLogsQuery, response: rest.AuditLogPage },

  "GET /v2/users": { query: rest.ListUsersQuery, response: rest.UserPage },
  // 200 answers an invitation that exists already, as a plain user without `invite_mode`.
  "POST /v2/users": { body: rest.CreateUserRequest, response: rest.CreateUserResponse.partial({ invite_mode: true }) },
  "GET /v2/users/{user_id}": { response: rest.User },
  "PATCH /v2/users/{user_id}": { body: rest.UpdateUserRequest, response: rest.User },
  "DELETE /v2/users/{user_id}": {},
  "POST /v2/users/{user_id}/resend-invitation": {},
  "POST /v2/users/{user_id}/reset-password": {},

  "GET /v2/organizations": { query: rest.ListOrganizationsQuery, response: rest.OrganizationPage },
  "POST /v2/organizations": { body: rest.CreateOrganizationRequest, response: rest.Organization },
  "GET /v2/organizations/{org_id}": { response: rest.Organization },
  "PATCH /v2/organizations/{org_id}": { body: rest.UpdateOrganizationRequest, response: rest.Organization },
  "DELETE /v2/organizations/{org_id}": {},
  "POST /v2/organizations/{org_id}/users": {
    body: rest.AddOrganizationUserRequest,
    response: rest.OrganizationMembership,
  },
  "DELETE /v2/organizations/{org_id}/users/{user_id}": {},

  "GET /v2/spaces": { query: rest.ListSpacesQuery, response: rest.SpacePage },
  "POST /v2/spaces": { body: rest.CreateSpaceRequest, response: rest.Space },
  "GET /v2/spaces/{space_id}": { response: rest.Space },
  "PATCH /v2/spaces/{space_id}": { body: rest.UpdateSpaceRequest, response: rest.Space },
  "DELETE /v2/spaces/{space_id}": {},
  "POST /v2/spaces/{space_id}/users": { body: rest.AddSpaceUserRequest, response: rest.SpaceMembership },
  "DELETE /v2/spaces/{space_id}/users/{user_id}": {},

  "GET /v2/roles": { query: rest.ListRolesQuery, response: rest.RolePage },
  "POST /v2/roles": { body: rest.CreateRoleRequest, response: rest.Role },
  "GET /v2/roles/{role_id}": { response: rest.Role },
  "PATCH /v2/roles/{role_id}": { body: rest.UpdateRoleRequest, response: rest.Role },
  "DELETE /v2/roles/{role_id}": {},

  "GET /v2/role-bindings": { query: rest.ListRoleBindingsQuery, response: rest.RoleBindingPage },
  "POST /v2/role-bindings": { body: rest.CreateRoleBindingRequest, response: rest.RoleBinding },
  "GET /v2/role-bindings/{binding_id}": { response: rest.RoleBinding },
  "PATCH /v2/role-bindings/{binding_id}": { body: rest.UpdateRoleBindingRequest, response: rest.RoleBinding },
  "DELETE /v2/role-bindings/{binding_id}": {},

  "GET /v2/resource-restrictions": {
    query: rest.ListResourceRestrictionsQuery,
    response: rest.ResourceRestrictionPage,
  },
  "POST /v2/resource-restrictions": { body: rest.CreateResourceRestrictionRequest, response: rest.ResourceRestriction },
  "DELETE /v2/resource-restrictions/{resource_id}": {},

  "GET /v2/projects": { query: rest.ListProjectsQuery, response: rest.ProjectPage },
  "POST /v2/projects": { body: rest.CreateProjectRequest, response: rest.Project },
  "GET /v2/projects/{project_id}": { response: rest.Project },
  "PATCH /v2/projects/{project_id}": { body: rest.UpdateProjectRequest, response: rest.Project },
  "DELETE /v2/projects/{project_id}": {},

  "GET /v2/datasets": { query: rest.ListDatasetsQuery, response: rest.DatasetPage },
  "POST /v2/datasets": { body: rest.CreateDatasetRequest, response: rest.Dataset },
  "GET /v2/datasets/{dataset_id}": { response: rest.Dataset },
  "PATCH /v2/datasets/{dataset_id}": { body: rest.UpdateDatasetRequest, response: rest.Dataset },
  "DELETE /v2/datasets/{dataset_id}": {},
  "GET /v2/datasets/{dataset_id}/examples": { query: rest.ListDatasetExamplesQuery, response: rest.DatasetExamplePage },
  "POST /v2/datasets/{dataset_id}/examples": {
    query: rest.DatasetVersionQuery,
    body: rest.CreateDatasetExamplesRequest,
    response: rest.DatasetVersionWithExampleIds,
  },
  "PATCH /v2/datasets/{dataset_id}/examples": {
    query: rest.DatasetVersionQuery,
    body: rest.UpdateDatasetExamplesRequest,
    response: rest.DatasetVersionWithExampleIds,
  },
  "DELETE /v2/datasets/{dataset_id}/examples": {
    body: rest.DeleteDatasetExamplesRequest,
    response: rest.DeleteDatasetExamplesResponse,
  },
  "POST /v2/datasets/{dataset_id}/examples/annotate": { body: rest.AnnotateRecordsRequest },

  "GET /v2/experiments": { query: rest.ListExperimentsQuery, response: rest.ExperimentPage },
  "POST /v2/experiments": { body: rest.CreateExperimentRequest, response: rest.Experiment },
  "GET /v2/experiments/{experiment_id}": { response: rest.Experiment },
  "DELETE /v2/experiments/{experiment_id}": {},
  "GET /v2/experiments/{experiment_id}/runs": { query: rest.ListExperimentRunsQuery, response: rest.ExperimentRunPage },
  "POST /v2/experiments/{experiment_id}/runs": {
    body: rest.CreateExperimentRunsRequest,
    response: rest.ExperimentWithRunIds,
  },
  "POST /v2/experiments/{experiment_id}/runs/annotate": { body: rest.AnnotateRecordsRequest },

  "POST /v2/spans": { query: rest.ListSpansQuery, body: rest.ListSpansRequest, response: rest.SpanPage, reads: true },
  "DELETE /v2/spans": { body: rest.DeleteSpansRequest, response: rest.DeleteSpansResponse },
  "POST /v2/spans/annotate": { body: rest.AnnotateSpansRequest },
  "POST /v2/traces": {
    query: rest.ListTracesQuery,
    body: rest.ListTracesRequest,
    response: rest.TracePage,
    reads: true,
  },
} as const satisfies Record<string, Operation>;

export type Operations = typeof OPERATIONS;
