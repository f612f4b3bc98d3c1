import { PlatformError } from "../../errors.js";
import type { Faults } from "./faults.js";

/** A refusal that a fault asks for. */
export class InjectedFault extends PlatformError {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Lets faults meet a gRPC call. A broken connection is UNAVAILABLE to a gRPC client, so that is what it is answered.
 * @param cancelled settles when the client hangs up
 */
export async function withGrpcFaults(
  faults: Faults,
  operation: string,
  cancelled: () => Promise<never>,
  handle: () => Promise<void>,
): Promise<void> {
  const effect = faults.meet(operation);
  if (effect === null) return handle();
  if ("hang" in effect) return cancelled();
  if ("delay" in effect) {
    await new Promise((resolve) => setTimeout(resolve, effect.delay));
    return handle();
  }
  if ("reset" in effect) {
    if (effect.reset === "answer") await handle();
    throw new InjectedFault(503, `A fault resets the connection of ${operation}.`);
  }
  throw new InjectedFault(effect.status, effect.body ?? "A fault of the lab.");
}
