import { QueryCache, QueryClient } from "@tanstack/react-query";
import { RefusedError } from "./http.js";
import { sessionKey } from "./session.js";

/** What was read; nothing of it outlives the page, and no secret is ever put here. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEndedSession }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => !(error instanceof RefusedError) && failures < 2,
    },
    mutations: { onError: noticeEndedSession, gcTime: 0 },
  },
});

/** A 401 means that the session has ended: the shell asks again who is signed in, and shows the way back. */
function noticeEndedSession(error: unknown): void {
  if (error instanceof RefusedError && error.status === 401)
    void queryClient.invalidateQueries({ queryKey: sessionKey });
}
