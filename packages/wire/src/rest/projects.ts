import * as z from "zod";
import { pageOf } from "../pagination.js";
import { Rfc3339 } from "../timestamps.js";
import { Id, nameField, requestBody, spaceScopedQuery } from "./fields.js";

/** A project (spec/rest.md §3.9). Its id begins with `Model`. */
export const Project = z
  .strictObject({ id: Id, name: z.string(), space_id: Id, created_at: Rfc3339 })
  .meta({ id: "Project" });
export type Project = z.infer<typeof Project>;

export const ProjectPage = pageOf("projects", Project).meta({ id: "ProjectPage" });
export type ProjectPage = z.infer<typeof ProjectPage>;

export const CreateProjectRequest = requestBody({ name: nameField(), space_id: Id }).meta({
  id: "CreateProjectRequest",
});
export type CreateProjectRequest = z.input<typeof CreateProjectRequest>;

export const UpdateProjectRequest = requestBody({ name: nameField() }).meta({ id: "UpdateProjectRequest" });
export type UpdateProjectRequest = z.input<typeof UpdateProjectRequest>;

export const ListProjectsQuery = spaceScopedQuery;
export type ListProjectsQuery = z.input<typeof ListProjectsQuery>;

export const ProjectPath = z.object({ project_id: Id });
