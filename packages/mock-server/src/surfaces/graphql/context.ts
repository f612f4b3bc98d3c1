import type { Caller } from "../../access/gate.js";
import type { Domain } from "../../domain/domain.js";

export interface GraphQLContext {
  caller: Caller;
  domain: Domain;
}
