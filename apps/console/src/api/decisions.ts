import { PERMISSIONS, type Permission } from "@axlab/auth";
import { KeyDecision, type AskDecisionRequest } from "@axlab/wire/console";
import { ask } from "./http.js";

/** Called directly: a query or mutation would keep the secret that a question may hold. @throws RefusedError, UnreachableError */
export const askDecision = (body: AskDecisionRequest): Promise<KeyDecision> =>
  ask("/console/decisions", KeyDecision, { method: "POST", body });

/** What a permission is about: `DATASET_EXAMPLE_CREATE` → `Dataset example`. */
export function categoryOf(permission: Permission): string {
  const words = permission.slice(0, permission.lastIndexOf("_")).toLowerCase().replaceAll("_", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Every permission under what it is about, in alphabetical order, as a select wants it. */
export function groupedPermissions(): { group: string; items: Permission[] }[] {
  const groups = new Map<string, Permission[]>();
  for (const permission of PERMISSIONS)
    groups.set(categoryOf(permission), [...(groups.get(categoryOf(permission)) ?? []), permission]);
  return [...groups].map(([group, items]) => ({ group, items })).sort((a, b) => a.group.localeCompare(b.group));
}
