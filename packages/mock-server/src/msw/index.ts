import { http, HttpResponse, type HttpHandler } from "msw";
import { problem, PROBLEM_CONTENT_TYPE } from "@axlab/wire";
import type { Platform } from "../platform.js";

export interface HandlerOptions {
  /** origin of REST, ingest and OTLP; default `https://api.arize.com` */
  apiOrigin?: string;
  /** origin of GraphQL; default `https://app.arize.com` */
  appOrigin?: string;
  /** origin of OTLP over HTTP; default `https://otlp.arize.com` */
  otlpOrigin?: string;
  /** origin of Flight, which cannot be carried; default `https://flight.arize.com` */
  flightOrigin?: string;
}

const NO_GRPC =
  "msw cannot carry gRPC, and exports and large uploads go by Flight, which is gRPC. Start the platform on a port in this test — " +
  "`const { url } = await platform.listen({ port: 0 })` — and give the client `baseUrl: url`.";

/** By name, not by class: a bundle may hold it twice. */
const isReset = (error: unknown): boolean => error instanceof Error && error.name === "ConnectionReset";

/**
 * Handlers for `setupServer(...)`: axios and fetch calls to Arize's own addresses are answered by this platform, without a port.
 * @example
 * const platform = await createPlatform();
 * const server = setupServer(...handlers(platform));
 */
export function handlers(platform: Pick<Platform, "fetch">, options: HandlerOptions = {}): HttpHandler[] {
  const {
    apiOrigin = "https://api.arize.com",
    appOrigin = "https://app.arize.com",
    otlpOrigin = "https://otlp.arize.com",
    flightOrigin = "https://flight.arize.com",
  } = options;
  const answer = ({ request }: { request: Request }): Promise<Response> =>
    platform.fetch(request.clone()).catch((error: unknown) => {
      if (isReset(error)) return HttpResponse.error();
      throw error;
    });
  return [
    http.all(`${apiOrigin}/*`, answer),
    http.all(`${appOrigin}/graphql`, answer),
    http.all(`${otlpOrigin}/*`, answer),
    http.all(
      `${flightOrigin}/*`,
      () =>
        new HttpResponse(JSON.stringify(problem(501, { detail: NO_GRPC })), {
          status: 501,
          headers: { "content-type": PROBLEM_CONTENT_TYPE },
        }),
    ),
  ];
}
