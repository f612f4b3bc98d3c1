import { Role, RolePage, type CreateRoleRequest, type UpdateRoleRequest } from "@axlab/wire/rest";
import { queryOptions } from "@tanstack/react-query";
import { ask, tell } from "./http.js";
import { everything } from "./pages.js";

export const rolesKey = ["roles"] as const;

/** Managed roles first, then the account's own, oldest first. */
export const rolesQuery = queryOptions({
  queryKey: rolesKey,
  queryFn: (): Promise<Role[]> => everything("/v2/roles", "roles", RolePage),
});

/** @throws RefusedError, UnreachableError */
export const createRole = (body: CreateRoleRequest): Promise<Role> => ask("/v2/roles", Role, { method: "POST", body });

/** @throws RefusedError, UnreachableError */
export const updateRole = (id: string, body: UpdateRoleRequest): Promise<Role> =>
  ask(`/v2/roles/${encodeURIComponent(id)}`, Role, { method: "PATCH", body });

/** Bindings to it stay and grant nothing any more. @throws RefusedError, UnreachableError */
export const deleteRole = (id: string): Promise<void> =>
  tell(`/v2/roles/${encodeURIComponent(id)}`, { method: "DELETE" });
