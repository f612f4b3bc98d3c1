import {
  CreateProjectRequest,
  ListProjectsQuery,
  Project,
  ProjectPage,
  ProjectPath,
  UpdateProjectRequest,
} from "@axlab/wire/rest";
import { presentProject } from "../../../domain/projects/projects.js";
import { route } from "../pipeline.js";

const tag = "projects";

export const projectRoutes = [
  route({
    method: "get",
    path: "/v2/projects",
    tag,
    summary: "List projects",
    access: {
      on: "each",
      requirement: "PROJECT_READ",
      why: "the list holds the projects that the caller may read; a hidden space_id is 404",
    },
    query: ListProjectsQuery,
    success: { status: 200, body: ProjectPage },
    errors: [403, 404],
    async handle({ caller, domain, input }) {
      const { items, pagination } = await domain.projects.list(caller, input.query);
      return { projects: items.map(presentProject), pagination };
    },
  }),
  route({
    method: "post",
    path: "/v2/projects",
    tag,
    summary: "Create a project",
    access: { on: "space", requirement: "PROJECT_CREATE", id: ({ body }) => body.space_id },
    body: CreateProjectRequest,
    success: { status: 201, body: Project },
    errors: [403, 404, 409, 422],
    handle: async ({ domain, input, target }) =>
      presentProject(await domain.projects.create(target.entity, input.body.name)),
  }),
  route({
    method: "get",
    path: "/v2/projects/{project_id}",
    tag,
    summary: "Get a project",
    access: { on: "project", requirement: "PROJECT_READ", id: ({ params }) => params.project_id },
    params: ProjectPath,
    success: { status: 200, body: Project },
    errors: [403, 404],
    handle: async ({ target }) => presentProject(target.entity),
  }),
  route({
    method: "patch",
    path: "/v2/projects/{project_id}",
    tag,
    summary: "Rename a project",
    access: { on: "project", requirement: "PROJECT_UPDATE", id: ({ params }) => params.project_id },
    params: ProjectPath,
    body: UpdateProjectRequest,
    success: { status: 200, body: Project },
    errors: [403, 404, 409, 422],
    handle: async ({ domain, input, target }) =>
      presentProject(await domain.projects.rename(target.entity, input.body.name)),
  }),
  route({
    method: "delete",
    path: "/v2/projects/{project_id}",
    tag,
    summary: "Delete a project with its records and spans",
    access: { on: "project", requirement: "PROJECT_DELETE", id: ({ params }) => params.project_id },
    params: ProjectPath,
    success: { status: 204 },
    errors: [403, 404],
    handle: ({ domain, target }) => domain.projects.delete(target.entity),
  }),
];
