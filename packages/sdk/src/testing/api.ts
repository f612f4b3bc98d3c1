import { globalId, type GlobalIdType } from "@axlab/wire";

import { startServer, type Answer, type Seen, type TestServer } from "./server.js";

/** The id of the nth resource of a type. */
export function idOf(type: GlobalIdType, number = 1): string {
  return globalId(type, number, "test");
}

export const TIME = "2026-01-02T03:04:05.000Z";

/** Answers to `METHOD /path` (decoded, without query), as a value or a function of the request. */
export type Routes = Record<string, Answer | ((seen: Seen, query: URLSearchParams) => Answer)>;

/** A server that answers the given routes and 404s the rest. */
export async function startApi(routes: Routes): Promise<TestServer> {
  return startServer((seen) => {
    const { pathname, searchParams } = new URL(seen.url, "http://test");
    const route = routes[`${seen.method} ${decodeURIComponent(pathname)}`];
    if (!route)
      return {
        status: 404,
        body: { title: "Resource not found", status: 404, detail: `no route ${seen.method} ${pathname}` },
      };
    return typeof route === "function" ? route(seen, searchParams) : route;
  });
}

/** A page whose items are all there is. */
export function page(key: string, items: readonly unknown[]): Answer {
  return { body: { [key]: items, pagination: { has_more: false } } };
}

/** A page of one item each, by a cursor that counts. */
export function onePerPage(key: string, items: readonly unknown[]): (seen: Seen, query: URLSearchParams) => Answer {
  return (_, query) => {
    const at = Number(query.get("cursor") ?? 0);
    const more = at + 1 < items.length;
    const pagination = { has_more: more, ...(more ? { next_cursor: String(at + 1) } : {}) };
    return { body: { [key]: items.slice(at, at + 1), pagination } };
  };
}

export const space = (number: number, name: string) => ({
  id: idOf("Space", number), name, description: "", created_at: TIME, is_private: false,
}); // prettier-ignore
export const organization = (number: number, name: string) => ({
  id: idOf("Organization", number),
  name,
  description: "",
  created_at: TIME,
});
export const dataset = (number: number, name: string) => ({
  id: idOf("Dataset", number), name, space_id: idOf("Space"), created_at: TIME, updated_at: TIME,
}); // prettier-ignore
export const user = (number: number, email: string) => ({
  id: idOf("User", number), name: email, email, created_at: TIME, status: "ACTIVE", role: { type: "PREDEFINED", name: "MEMBER" }, is_developer: true,
}); // prettier-ignore
export const apiKey = (number: number, more: object = {}) => ({
  id: idOf("ApiKey", number), name: `key ${number}`, key_type: "USER", status: "ACTIVE", redacted_key: "ak-abc...xyz", created_at: TIME,
  created_by_user_id: idOf("User"), ...more,
}); // prettier-ignore
