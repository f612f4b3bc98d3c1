import {
  APIError,
  AuthenticationError,
  AuthorizationError,
  BadRequestError,
  createClient,
  NotFoundError,
} from "@arizeai/ax-client";
import { expect } from "vitest";
import type { Contract } from "./platform.js";

/** Outermost `describe` of every suite of this client. */
export const AX_CLIENT = "@arizeai/ax-client 1.28.0";

export type AxClient = ReturnType<typeof createClient>;

let lastStatus = 0;
export const axClientOf = (platform: Contract, apiKey: string): AxClient => {
  const client = createClient({ apiKey, baseUrl: platform.url });
  client.use({
    onResponse({ response }) {
      lastStatus = response.status;
    },
  });
  return client;
};

export const axClients = (platform: Contract): Record<keyof Contract["keys"] | "unknown", AxClient> => {
  const as = (apiKey: string): AxClient => axClientOf(platform, apiKey);
  const { admin, member, readOnly, service } = platform.keys;
  // One character changed: well formed to a reader, and not a key of anybody.
  const unknown = `${admin.slice(0, -1)}${admin.endsWith("a") ? "b" : "a"}`;
  return { admin: as(admin), member: as(member), readOnly: as(readOnly), service: as(service), unknown: as(unknown) };
};

const CLASSES = new Map<number, new (...args: never[]) => Error>([
  [400, BadRequestError],
  [401, AuthenticationError],
  [403, AuthorizationError],
  [404, NotFoundError],
]);

/** Expects the client to throw the class it documents for a status, with a message that says something. */
export const expectRefusal = async (call: Promise<unknown>, status: number, message: RegExp = /\S/): Promise<void> => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error, `expected a refusal with status ${String(status)}`).toMatchObject({ statusCode: status });
  expect(error).toBeInstanceOf(CLASSES.get(status) ?? APIError);
  expect(String(error)).toMatch(message);
  expect(String(error), "the platform does not have this operation yet").not.toMatch(/is no operation/);
};

/**
 * As `expectRefusal`, for the calls that throw a bare Error (those of tasks and `listSpans`): the status is the one of the last answer that any
 * client of this file was given.
 */
export const expectPlainRefusal = async (
  call: Promise<unknown>,
  status: number,
  message: RegExp = /\S/,
): Promise<void> => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error, `expected a refusal with status ${String(status)}`).toBeInstanceOf(Error);
  expect(String(error)).toMatch(message);
  expect(lastStatus, String(error)).toBe(status);
  expect(String(error), "the platform does not have this operation yet").not.toMatch(/is no operation/);
};

let count = 0;
/** A name nobody else in this run has. */
export const unique = (stem: string): string => `${stem} ${String(process.pid)}-${String((count += 1))}`;

/** A global id of the right form that belongs to nothing. */
export const absent = (type: string): string => btoa(`${type}:987654321:zZzZ`);

/** Walks every page of a list call. */
export const allPages = async <Item>(
  page: (
    cursor: string | undefined,
  ) => Promise<{ data: Item[]; pagination: { nextCursor?: string; hasMore: boolean } }>,
): Promise<Item[]> => {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const { data, pagination } = await page(cursor);
    items.push(...data);
    expect(pagination.hasMore).toBe(pagination.nextCursor !== undefined);
    cursor = pagination.nextCursor;
  } while (cursor !== undefined);
  return items;
};
