import * as z from "zod";

export const PROBLEM_CONTENT_TYPE = "application/problem+json";

const ERROR_PAGE = "https://arize.com/docs/ax/rest-reference/errors#";

/** Title, and documentation page where one exists, of each status (spec/rest.md §1.6). Those without a page are this platform's own. */
export const PROBLEM_KINDS: Readonly<Record<number, { readonly title: string; readonly type?: string }>> = {
  400: { title: "Invalid request parameters", type: `${ERROR_PAGE}invalid-request` },
  401: { title: "Authentication required", type: `${ERROR_PAGE}authentication-required` },
  403: { title: "Access forbidden", type: `${ERROR_PAGE}access-forbidden` },
  404: { title: "Resource not found", type: `${ERROR_PAGE}resource-not-found` },
  405: { title: "Method not allowed" },
  408: { title: "Request timeout" },
  409: { title: "Resource conflict", type: `${ERROR_PAGE}resource-conflict` },
  413: { title: "Content too large" },
  415: { title: "Unsupported media type" },
  422: { title: "Unprocessable Entity", type: `${ERROR_PAGE}unprocessable-entity` },
  429: { title: "Rate limit exceeded", type: `${ERROR_PAGE}rate-limit-exceeded` },
  500: { title: "Internal server error" },
  501: { title: "Not implemented" },
  502: { title: "Bad gateway" },
  503: { title: "Service Unavailable", type: `${ERROR_PAGE}service-unavailable` },
  504: { title: "Gateway timeout" },
};

/** The RFC 9457 document that carries every error. `status` repeats the HTTP status: one official client chooses its error class by it. */
export const ProblemSchema = z
  .strictObject({
    title: z.string(),
    status: z.int(),
    type: z.string().optional(),
    detail: z.string().optional(),
    instance: z.string().optional(),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem document" });
export type Problem = z.infer<typeof ProblemSchema>;

/** Builds the document of `status`; `detail` says what to do next, `instance` is the request path. */
export function problem(
  status: number,
  about: { detail?: string | undefined; instance?: string | undefined } = {},
): Problem {
  const kind = PROBLEM_KINDS[status] ?? { title: status < 500 ? "Request failed" : "Server error" };
  return {
    title: kind.title,
    status,
    ...(kind.type !== undefined && { type: kind.type }),
    ...(about.detail !== undefined && { detail: about.detail }),
    ...(about.instance !== undefined && { instance: about.instance }),
  };
}
