import { redactSecrets } from "@axlab/auth";
import { problem, PROBLEM_CONTENT_TYPE } from "@axlab/wire";
import { PlatformError, RateLimitedError, UnfinishedError } from "../errors.js";

/** A refusal as RFC 9457 (`spec/rest.md §1.6`). Anything that is not ours to explain is a 500 without its insides. */
export function problemResponse(error: unknown, instance: string): Response {
  const known = error instanceof PlatformError;
  const status = known ? error.status : 500;
  const detail = known ? error.message : "The platform failed on this request; its log has the request id.";
  const headers = new Headers({ "content-type": PROBLEM_CONTENT_TYPE });
  if (error instanceof RateLimitedError) headers.set("retry-after", String(error.retryAfterSeconds));
  return new Response(
    JSON.stringify({
      ...problem(status, { detail: redactSecrets(detail), instance: redactSecrets(instance) }),
      ...(error instanceof UnfinishedError && error.lists),
    }),
    { status, headers },
  );
}
