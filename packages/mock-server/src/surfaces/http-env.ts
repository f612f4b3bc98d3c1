import type { Receiving } from "./received.js";
import type { Surface } from "../access/gate.js";

/** What the outermost middleware leaves for the surfaces. */
export interface HttpEnv {
  Variables: {
    requestId: string;
    startedAt: number;
    /** filled in by the surface as it learns them, read by the journal */
    seen: {
      userId?: string;
      keyId?: string;
      operation?: string;
      rows?: number;
      bytes?: number;
      refusal?: string;
      received?: Receiving;
      /** where it differs from what the path says */
      surface?: Surface;
    };
  };
  Bindings: { incoming?: { socket?: { remoteAddress?: string | undefined; destroy?: () => unknown } } };
}
