import type { Caller } from "../../access/gate.js";
import type { Domain } from "../../domain/domain.js";
import type { Loaders } from "./loaders.js";

/** What every resolver of one request shares. */
export interface GraphQLContext {
  caller: Caller;
  domain: Domain;
  load: Loaders;
  /** what `rateLimit` answers */
  complexity: { limit: number; cost: number };
}
