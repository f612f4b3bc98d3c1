import {
  decide,
  explainDenial,
  type Permission,
  type Principal,
  type Requirement,
  type ResourceRef,
} from "@axlab/auth";
import type { ClientVersion } from "@axlab/wire";
import { ForbiddenError, NotFoundError } from "../errors.js";

/** `lab`: a fault answered, and no surface saw the request */
export type Surface = "rest" | "ingest" | "flight" | "otlp" | "graphql" | "console" | "lab";

/** Who asks, from where, through what. Made once a request by the surface, handed down to the domain. */
export interface Caller {
  principal: Principal;
  surface: Surface;
  /** null when the client did not say what it is */
  client: ClientVersion | null;
  requestId: string;
  address: string;
}

export type AuthMode = "enforced" | "soft" | "off";

/** A refusal that `soft` let pass. */
export interface WouldDeny {
  caller: Caller;
  requirement: Requirement;
  resource: ResourceRef | null;
}

/** The one place where a decision becomes an answer. The domain never answers a question that it was not asked here first. */
export class Gate {
  constructor(
    private readonly mode: AuthMode,
    private readonly wouldDeny: (denial: WouldDeny) => void = () => undefined,
  ) {}

  may({ principal }: Pick<Caller, "principal">, requirement: Requirement, resource: ResourceRef): boolean {
    if (this.mode !== "enforced") return resource.accountId === principal.accountId;
    return decide(principal, requirement, resource).allowed;
  }

  /**
   * @param read the permission that makes the resource visible: without it the answer is 404, as for an id that does not exist
   * @throws NotFoundError, ForbiddenError
   */
  require(caller: Caller, requirement: Requirement, resource: ResourceRef | null, read?: Permission): void {
    if (resource === null) throw new NotFoundError();
    if (this.mode === "off" && resource.accountId === caller.principal.accountId) return;
    const decision = decide(caller.principal, requirement, resource, read);
    if (decision.allowed) return;
    if (this.mode === "soft" && resource.accountId === caller.principal.accountId) {
      this.wouldDeny({ caller, requirement, resource });
      return;
    }
    if (decision.reason === "not_found") throw new NotFoundError();
    throw new ForbiddenError(explainDenial(decision), decision.missing);
  }
}
