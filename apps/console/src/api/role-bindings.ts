import { RoleBinding, RoleBindingPage, type CreateRoleBindingRequest } from "@axlab/wire/rest";
import { queryOptions } from "@tanstack/react-query";
import { ask, tell } from "./http.js";
import { everything } from "./pages.js";

const PATH = "/v2/role-bindings";

export const roleBindingsKey = ["role-bindings"] as const;

/** Every role that the account's people hold on one space or project. */
export const roleBindingsQuery = queryOptions({
  queryKey: roleBindingsKey,
  queryFn: async (): Promise<RoleBinding[]> => {
    const lists = await Promise.all(
      (["SPACE", "PROJECT"] as const).map((resource_type) =>
        everything(PATH, "role_bindings", RoleBindingPage, { resource_type }),
      ),
    );
    return lists.flat();
  },
});

/** A person has one binding on a place: `before` is the one that the new role replaces. @throws RefusedError, UnreachableError */
export const bindRole = (body: CreateRoleBindingRequest, before: RoleBinding | undefined): Promise<RoleBinding> =>
  before === undefined
    ? ask(PATH, RoleBinding, { method: "POST", body })
    : ask(pathOf(before.id), RoleBinding, { method: "PATCH", body: { role_id: body.role_id } });

/** @throws RefusedError, UnreachableError */
export const unbindRole = (id: string): Promise<void> => tell(pathOf(id), { method: "DELETE" });

const pathOf = (id: string): string => `${PATH}/${encodeURIComponent(id)}`;
