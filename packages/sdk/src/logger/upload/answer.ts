import { UnexpectedResponseError } from "../../errors/index.js";
import { isHtmlPage } from "../../errors/problem.js";
import type { TransportResponse } from "../../transport/index.js";
import { markUnsettled } from "../../transport/unsettled.js";

/**
 * A success of an ingest endpoint may say anything or nothing (`spec/ingest.md §3.4`), but an HTML page comes from something in between, a
 * login or a block page: whether the rows went further nobody knows.
 * @throws UnexpectedResponseError
 */
export function requireAnswer({ status, method, path, requestId, text }: TransportResponse): void {
  if (isHtmlPage(text))
    throw markUnsettled(new UnexpectedResponseError({ status, method, path, requestId, body: text }));
}
