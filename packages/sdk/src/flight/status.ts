import { status } from "@grpc/grpc-js";
import type { ServiceError } from "@grpc/grpc-js";

import { apiErrorFor, ConnectionError, TimeoutError } from "../errors/index.js";
import { abortError } from "../transport/clock.js";

/** A call as errors name it. */
export interface CallFacts {
  /** `DoGet`, `DoPut`, … */
  readonly method: string;
  readonly target: string;
  readonly attempts: number;
  readonly signal?: AbortSignal | undefined;
}

// One ladder of errors for HTTP and Flight: the class follows the status, so each gRPC code gets the one that means the same.
const HTTP_STATUS: ReadonlyMap<status, number> = new Map([
  [status.INVALID_ARGUMENT, 400],
  [status.OUT_OF_RANGE, 400],
  [status.UNAUTHENTICATED, 401],
  [status.PERMISSION_DENIED, 403],
  [status.NOT_FOUND, 404],
  [status.ALREADY_EXISTS, 409],
  [status.ABORTED, 409],
  [status.FAILED_PRECONDITION, 422],
  [status.RESOURCE_EXHAUSTED, 429],
  [status.UNIMPLEMENTED, 501],
]);

const NOT_CONNECTED = /^No connection established|^Name resolution failed/;

const OPEN = new Set([status.CANCELLED, status.UNKNOWN, status.DEADLINE_EXCEEDED, status.INTERNAL, status.DATA_LOSS]);

/** Whether the server may have acted on a call that failed so. */
export function leavesOpen(error: unknown): boolean {
  if (!isServiceError(error)) return true;
  return error.code === status.UNAVAILABLE ? !NOT_CONNECTED.test(error.details) : OPEN.has(error.code);
}

/** The error a failed Flight call throws (`spec/flight.md §10.3`). Statuses without a match of their own are server errors. */
export function flightError(error: unknown, { method, target, attempts, signal }: CallFacts): Error {
  if (signal?.aborted) return abortError(signal);
  if (!isServiceError(error))
    return error instanceof Error ? error : new ConnectionError(String(error), { method, path: target, attempts });
  const request = { method, path: target, attempts };
  if (error.code === status.DEADLINE_EXCEEDED)
    return new TimeoutError(`No whole answer in time: ${method} ${target}`, request, "DEADLINE_EXCEEDED");
  if (error.code === status.UNAVAILABLE || error.code === status.CANCELLED)
    return new ConnectionError(
      `Could not reach ${target} (${method}): ${error.details}${msw(target)}`,
      request,
      status[error.code],
    );
  // As the problem document that HTTP would have brought: what the server said is told whole.
  const body = error.details.trim() === "" ? "" : JSON.stringify({ detail: error.details });
  return apiErrorFor({ ...request, status: HTTP_STATUS.get(error.code) ?? 500, body });
}

/** Tests that mock HTTP with msw reach the real host here, since gRPC does not pass through it. */
function msw(target: string): string {
  if (!/(^|\.)arize\.com(:|$)/.test(target)) return "";
  return ". In a test: msw cannot carry gRPC, so exports and large uploads need the platform on a port; start it with platform.listen() and point the client there (baseUrl, or singleHost and singlePort)";
}

/**
 * Whether a call may be repeated: an idempotent one when the server was not there or had no room, any other only when no
 * connection was made, so that the server has seen nothing.
 */
export function mayRepeat(error: unknown, idempotent: boolean): boolean {
  if (!isServiceError(error)) return false;
  if (error.code === status.UNAVAILABLE) return idempotent || NOT_CONNECTED.test(error.details);
  return idempotent && error.code === status.RESOURCE_EXHAUSTED;
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && "code" in error && typeof error.code === "number" && "details" in error;
}
