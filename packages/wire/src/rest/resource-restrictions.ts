import * as z from "zod";
import { pageOf, pageQuery } from "../pagination.js";
import { Rfc3339 } from "../timestamps.js";
import { Id, idOf, requestBody } from "./fields.js";

export const RestrictedResourceType = z.enum(["PROJECT"]).meta({ id: "RestrictedResourceType" });
export type RestrictedResourceType = z.infer<typeof RestrictedResourceType>;

/** The mark that only roles bound on the project itself count (spec/rest.md §3.8). It has no id of its own. */
export const ResourceRestriction = z
  .strictObject({ resource_type: RestrictedResourceType, resource_id: Id, created_at: Rfc3339 })
  .meta({ id: "ResourceRestriction" });
export type ResourceRestriction = z.infer<typeof ResourceRestriction>;

export const ResourceRestrictionPage = pageOf("resource_restrictions", ResourceRestriction).meta({
  id: "ResourceRestrictionPage",
});
export type ResourceRestrictionPage = z.infer<typeof ResourceRestrictionPage>;

/** Only project ids (`Model:…`). */
export const CreateResourceRestrictionRequest = requestBody({ resource_id: idOf("Model") }).meta({
  id: "CreateResourceRestrictionRequest",
});
export type CreateResourceRestrictionRequest = z.input<typeof CreateResourceRestrictionRequest>;

export const ListResourceRestrictionsQuery = pageQuery(50, 100).extend({
  resource_type: RestrictedResourceType.optional(),
});
export type ListResourceRestrictionsQuery = z.input<typeof ListResourceRestrictionsQuery>;

export const ResourceRestrictionPath = z.object({ resource_id: Id });
