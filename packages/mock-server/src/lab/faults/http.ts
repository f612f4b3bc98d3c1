import { problem, PROBLEM_CONTENT_TYPE } from "@axlab/wire";
import { randomUUID } from "node:crypto";
import type { HttpEnv } from "../../surfaces/http-env.js";
import type { Journal } from "../journal.js";
import type { Clock } from "../clock.js";
import type { Faults } from "./faults.js";
import type { Effect } from "./rule.js";

/** The connection broke because a fault says so. In-process, where there is none, `fetch` rejects with it. */
export class ConnectionReset extends Error {
  override readonly name = "ConnectionReset";

  constructor(call: string) {
    super(`A fault resets the connection of ${call}.`);
  }
}

type Application = (request: Request, env: HttpEnv["Bindings"]) => Promise<Response>;

/** Lets faults meet HTTP requests before the application sees them; what never reaches it stands in the journal all the same. */
export function withHttpFaults(
  faults: Faults,
  { journal, clock }: { journal: Journal; clock: Clock },
  application: Application,
): Application {
  return async (request, env) => {
    const path = new URL(request.url).pathname;
    const call = `${request.method} ${path}`;
    const effect = faults.meet(call);
    if (effect === null) return application(request, env);
    const requestId = `req_${randomUUID()}`;
    const note = (status: number, refusal: string): void =>
      journal.record({
        at: clock.now(),
        requestId,
        surface: "lab",
        operation: call,
        userId: null,
        keyId: null,
        status,
        refusal,
        milliseconds: 0,
        requestBytes: 0,
      });
    if ("delay" in effect) {
      await new Promise((resolve) => setTimeout(resolve, effect.delay));
      return application(request, env);
    }
    if ("hang" in effect) {
      note(0, "fault: never answered");
      return new Promise(() => undefined);
    }
    if ("reset" in effect) {
      if (effect.reset === "answer") await application(request, env);
      else note(0, "fault: connection reset");
      env.incoming?.socket?.destroy?.();
      throw new ConnectionReset(call);
    }
    note(effect.status, `fault: ${effect.status}`);
    return refusal(effect, path, requestId);
  };
}

function refusal(effect: Extract<Effect, { status: number }>, instance: string, requestId: string): Response {
  const { status, retryAfter, contentType } = effect;
  const body = effect.body ?? JSON.stringify(problem(status, { detail: "A fault of the lab.", instance }));
  const headers = new Headers({ "x-request-id": requestId });
  if (body !== "")
    headers.set("content-type", contentType ?? (effect.body === undefined ? PROBLEM_CONTENT_TYPE : "text/plain"));
  if (retryAfter !== undefined) headers.set("retry-after", String(retryAfter));
  return new Response(body === "" ? null : body, { status, headers });
}
