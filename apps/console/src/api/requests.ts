import { ReceivedRequestDetail, ReceivedRequestList, type ReceivedRequest } from "@axlab/wire/console";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask } from "./http.js";

export interface RequestFilter {
  surface: string | undefined;
  outcome: "allowed" | "refused" | undefined;
}

/** The page of requests lists so many. */
export const LISTED = 200;
const EVERY_MS = 2_000;

/** Read again every two seconds while `live`. */
export const requestsQuery = ({ surface, outcome }: RequestFilter, live: boolean) =>
  queryOptions({
    queryKey: ["requests", surface ?? "all", outcome ?? "all"],
    queryFn: async ({ signal }): Promise<ReceivedRequest[]> =>
      (await ask("/console/requests", ReceivedRequestList, { query: { limit: LISTED, surface, outcome }, signal }))
        .requests,
    refetchInterval: live ? EVERY_MS : false,
    placeholderData: keepPreviousData,
  });

/** The newest requests, as many as one answer holds; read again while they are looked at. */
export const NEWEST = 500;
export const newestRequestsQuery = queryOptions({
  queryKey: ["requests", "newest"],
  queryFn: async ({ signal }): Promise<ReceivedRequest[]> =>
    (await ask("/console/requests", ReceivedRequestList, { query: { limit: NEWEST, outcome: "allowed" }, signal }))
      .requests,
  refetchInterval: 5_000,
});

export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: ["requests", "one", id],
    queryFn: ({ signal }) => ask(`/console/requests/${encodeURIComponent(id)}`, ReceivedRequestDetail, { signal }),
  });
