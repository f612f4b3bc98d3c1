import { GLOBAL_ID_TYPES, parseGlobalId } from "@axlab/wire";
import type { Store } from "../../store/store.js";

/**
 * The id under which the platform keeps what a client names (`spec/graphql.md §4`): organizations are called by two names, and some
 * clients leave the four characters at the end out. A wrong ending stays wrong.
 */
export function canonicalId(store: Pick<Store, "idOf">, id: string): string {
  const parsed = parseGlobalId(id);
  if (parsed === null) return id;
  const renamed = parsed.type === "AccountOrganization";
  const name = renamed ? "Organization" : parsed.type;
  const type = GLOBAL_ID_TYPES.find((known) => known === name);
  if (type === undefined || (parsed.suffix !== undefined && !renamed)) return id;
  return store.idOf(type, parsed.number);
}
