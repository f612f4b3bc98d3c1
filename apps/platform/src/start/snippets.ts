/** How each client is pointed here. Tried by the conformance run, word for word but for the data. */
export function snippets(
  { url, host, port }: { url: string; host: string; port: number },
  spaceId: string,
  key: string,
): string[] {
  const [api, flight] = url.startsWith("https:") ? ["https", "grpc+tls"] : ["http", "grpc+tcp"];
  return [
    "TypeScript, @axlab/sdk:",
    `  import { ArizeClient } from "@axlab/sdk";`,
    `  const client = new ArizeClient({ baseUrl: "${url}", apiKey: "${key}", spaceId: "${spaceId}" });`,
    "",
    "Python, arize 8:",
    `  export ARIZE_API_KEY=${key}`,
    // Not ARIZE_SINGLE_HOST and ARIZE_SINGLE_PORT: up to 8.34 that port is the one of Flight alone.
    `  export ARIZE_API_HOST=${host}:${port} ARIZE_OTLP_HOST=${host}:${port} ARIZE_FLIGHT_HOST=${host} ARIZE_FLIGHT_PORT=${port}`,
    `  export ARIZE_API_SCHEME=${api} ARIZE_OTLP_SCHEME=${api} ARIZE_FLIGHT_SCHEME=${flight}`,
    `  python -c 'from arize import ArizeClient; print(ArizeClient().spaces.list())'`,
    "",
    "Python, arize 7:",
    `  from arize.pandas.logger import Client`,
    `  client = Client(space_id="${spaceId}", api_key="${key}", uri="${url}/v1")`,
    `  from arize.exporter import ArizeExportClient`,
    `  exporter = ArizeExportClient(api_key="${key}", host="${host}", port=${port}, scheme="${flight}")`,
    "",
    "JavaScript, @arizeai/ax-client:",
    `  import { createClient } from "@arizeai/ax-client";`,
    `  const client = createClient({ apiKey: "${key}", baseUrl: "${url}" });`,
  ];
}
