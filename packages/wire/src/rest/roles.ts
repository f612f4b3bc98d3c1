import * as z from "zod";
import { PERMISSIONS, type Permission as PermissionName } from "@axlab/auth";
import { pageOf, pageQuery } from "../pagination.js";
import { Rfc3339 } from "../timestamps.js";
import { Id, nameField, patchBody, QueryBoolean, requestBody, textField } from "./fields.js";

/** What a role may grant (spec/rest.md §3.6). */
export const Permission = z.enum<readonly PermissionName[]>(PERMISSIONS).meta({ id: "Permission" });
export type Permission = PermissionName;

/** A role; `description` is left out when empty. */
export const Role = z
  .strictObject({
    id: Id,
    name: z.string(),
    description: z.string().min(1).optional(),
    permissions: z.array(Permission),
    is_predefined: z.boolean(),
    created_at: Rfc3339,
    updated_at: Rfc3339,
  })
  .meta({ id: "Role" });
export type Role = z.infer<typeof Role>;

export const RolePage = pageOf("roles", Role).meta({ id: "RolePage" });
export type RolePage = z.infer<typeof RolePage>;

export const CreateRoleRequest = requestBody({
  name: nameField(255),
  permissions: z.array(Permission).min(1),
  description: textField(1000).optional(),
}).meta({ id: "CreateRoleRequest" });
export type CreateRoleRequest = z.input<typeof CreateRoleRequest>;

/** `permissions` replaces the whole set; `description: null` clears it. */
export const UpdateRoleRequest = patchBody({
  name: nameField(255).optional(),
  description: textField(1000).nullable().optional(),
  permissions: z.array(Permission).min(1).optional(),
}).meta({ id: "UpdateRoleRequest" });
export type UpdateRoleRequest = z.input<typeof UpdateRoleRequest>;

/** Without `is_predefined` both kinds are listed. */
export const ListRolesQuery = pageQuery(50, 100).extend({ is_predefined: QueryBoolean.optional() });
export type ListRolesQuery = z.input<typeof ListRolesQuery>;

export const RolePath = z.object({ role_id: Id });
