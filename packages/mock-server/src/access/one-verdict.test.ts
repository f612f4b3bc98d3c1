import { encodeDoGetRequest } from "@axlab/wire/flight";
import { Dataset } from "@axlab/wire/rest";
import { status } from "@grpc/grpc-js";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../testing/client.js";
import { FlightClient } from "../testing/flight-client.js";
import { askGraphQL } from "../testing/graphql.js";
import { suite } from "../testing/suite.js";
import type { World } from "../testing/world.js";

/** What a surface said, in one vocabulary. */
type Verdict = "allowed" | "forbidden" | "hidden" | "no key";

const at = suite();
let address: { url: string; host: string; port: number };
let datasetIn: Record<"main" | "vault", string>;

beforeAll(async () => {
  address = await at.platform.listen({ port: 0 });
});
beforeEach(async () => {
  const make = async (space_id: string): Promise<string> => {
    const made = await at.world.as("admin").post("/v2/datasets", { name: "questions", space_id, examples: [{ a: 1 }] });
    return made.read(Dataset).id;
  };
  datasetIn = { main: await make(at.world.spaces.main), vault: await make(at.world.spaces.vault) };
});

const HTTP: Record<number, Verdict> = {
  200: "allowed",
  201: "allowed",
  401: "no key",
  403: "forbidden",
  404: "hidden",
};
const GRPC: Record<number, Verdict> = {
  [status.UNAUTHENTICATED]: "no key",
  [status.PERMISSION_DENIED]: "forbidden",
  [status.NOT_FOUND]: "hidden",
};

const ofHttp = (code: number): Verdict => HTTP[code] ?? expect.fail(`answered ${code}`);

async function ofGrpc(call: Promise<unknown>): Promise<Verdict> {
  try {
    await call;
    return "allowed";
  } catch (error) {
    const code = error instanceof Error && "code" in error && typeof error.code === "number" ? error.code : -1;
    return GRPC[code] ?? expect.fail(`answered ${String(error)}`);
  }
}

async function byGraphQL(key: string, id: string): Promise<Verdict> {
  const query =
    "query ($id: ID!) { node(id: $id) { ... on Dataset { latestDatasetVersion { examples(first: 1) { totalCount } } } } }";
  const response = await fetch(`${address.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": key },
    body: JSON.stringify({ query, variables: { id } }),
  });
  const { data, errors } = await response.json();
  if (response.status !== 200) return ofHttp(response.status);
  if (errors !== undefined) return errors[0].extensions.code === "FORBIDDEN" ? "forbidden" : "hidden";
  return data.node === null ? "hidden" : "allowed";
}

async function byFlight(key: string, spaceId: string, datasetId: string): Promise<Verdict> {
  const client = new FlightClient(address, key);
  try {
    const value = { spaceId, datasetIdentifier: { case: "datasetId" as const, value: datasetId } };
    return await ofGrpc(client.get(encodeDoGetRequest({ case: "getDataset", value })));
  } finally {
    client.close();
  }
}

const spans = (project: string) => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: "openinference.project.name", value: { stringValue: project } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: "0af7651916cd43dd8448eb211c80319c",
              spanId: "b7ad6b7169203331",
              name: "ask",
              startTimeUnixNano: "1790000000000000000",
              endTimeUnixNano: "1790000001000000000",
            },
          ],
        },
      ],
    },
  ],
});

const byOtlp = async (key: string, spaceId: string): Promise<Verdict> =>
  ofHttp(
    (
      await fetch(`${address.url}/v1/traces`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: key, "arize-space-id": spaceId },
        body: JSON.stringify(spans("verdicts")),
      })
    ).status,
  );

const byIngest = async (key: string, spaceId: string): Promise<Verdict> => {
  const record = {
    model_id: "verdicts",
    prediction_id: "1",
    prediction: { prediction_label: { numeric: 1 } },
    environment_params: { production: {} },
  };
  const headers = { "content-type": "application/json", authorization: key, "Grpc-Metadata-arize-space-id": spaceId };
  return ofHttp(
    (await fetch(`${address.url}/v1/log`, { method: "POST", headers, body: JSON.stringify(record) })).status,
  );
};

/** The same change of a space, a key and a config, by mutation and by REST. */
const CHANGES = {
  updateSpace: {
    mutation: `mutation ($id: ID!, $name: String!) { updateSpace(input: { spaceId: $id, description: $name }) { space { id } } }`,
    rest: (client: Client, id: string, name: string) => client.patch(`/v2/spaces/${id}`, { description: name }),
  },
  createAnnotationConfig: {
    mutation: `mutation ($id: ID!, $name: String!) { createAnnotationConfig(input: { spaceId: $id, name: $name, annotationType: text }) { annotationConfig { id } } }`,
    rest: (client: Client, id: string, name: string) =>
      client.post("/v2/annotation-configs", { name, space_id: id, annotation_config_type: "FREEFORM" }),
  },
  createPrompt: {
    mutation: `mutation ($id: ID!, $name: String!) { createPrompt(input: { spaceId: $id, name: $name, commitMessage: "c", messages: [{ role: user, content: "x" }],
      inputVariableFormat: F_STRING, provider: openAI, invocationParams: {}, providerParams: {} }) { prompt { id } } }`,
    rest: (client: Client, id: string, name: string) =>
      client.post("/v2/prompts", {
        name,
        space_id: id,
        version: {
          commit_message: "c",
          input_variable_format: "F_STRING",
          provider: "OPEN_AI",
          messages: [{ role: "USER", content: "x" }],
        },
      }),
  },
  createServiceApiKey: {
    mutation: `mutation ($id: ID!, $name: String!) { createServiceApiKey(input: { spaceId: $id, name: $name, spaceRole: readOnly }) { keyInfo { id } } }`,
    rest: async (client: Client, id: string, name: string) => {
      const organization = id === at.world.spaces.betaSpace ? at.world.organizations.beta : at.world.organizations.acme;
      const role = { type: "PREDEFINED", name: "READ_ONLY" };
      const organizations = [{ org_id: organization, spaces: [{ space_id: id, role }] }];
      return client.post("/v2/api-keys", { key_type: "SERVICE", name, organizations });
    },
  },
} as const;

const CODES: Record<string, Verdict> = { ok: "allowed", FORBIDDEN: "forbidden", NOT_FOUND: "hidden" };

type Who = keyof World["keys"];
const READS: readonly (readonly [Who, "main" | "vault", Verdict])[] = [
  ["admin", "vault", "allowed"],
  ["orgAdmin", "vault", "allowed"],
  ["member", "main", "allowed"],
  ["reader", "main", "allowed"],
  ["pipeline", "main", "allowed"],
  ["orgMember", "main", "allowed"],
  ["member", "vault", "hidden"],
  ["pipeline", "vault", "hidden"],
  ["outsider", "main", "hidden"],
  ["uiOnly", "main", "no key"],
];
const WRITES: readonly (readonly [Who, "main" | "vault", Verdict])[] = [
  ["admin", "vault", "allowed"],
  ["member", "main", "allowed"],
  ["pipeline", "main", "allowed"],
  ["reader", "main", "forbidden"],
  ["annotator", "main", "forbidden"],
  ["member", "vault", "hidden"],
  ["outsider", "main", "hidden"],
];

describe("the same key and resource get the same verdict", () => {
  it.each(READS)("%s reading a dataset in %s: %s, by REST, GraphQL and Flight", async (who, space, verdict) => {
    const key = at.world.keys[who];
    const id = datasetIn[space];
    const verdicts = {
      rest: ofHttp((await at.world.with(key).get(`/v2/datasets/${encodeURIComponent(id)}/examples`)).status),
      graphql: await byGraphQL(key, id),
      flight: await byFlight(key, at.world.spaces[space], id),
    };
    // A person without developer access is told so by GraphQL with 403 (`spec/graphql.md §1`); everywhere else their key is no key.
    const byQuery = verdict === "no key" ? "forbidden" : verdict;
    expect(verdicts).toEqual({ rest: verdict, graphql: byQuery, flight: verdict });
  });

  it.each(WRITES)("%s writing into %s: %s, by REST, ingest and OTLP", async (who, space, verdict) => {
    const key = at.world.keys[who];
    const spaceId = at.world.spaces[space];
    const body = { name: "mine", space_id: spaceId, examples: [{ a: 1 }] };
    const verdicts = {
      rest: ofHttp((await at.world.with(key).post("/v2/datasets", body)).status),
      ingest: await byIngest(key, spaceId),
      otlp: await byOtlp(key, spaceId),
    };
    expect(verdicts).toEqual({ rest: verdict, ingest: verdict, otlp: verdict });
  });

  it.each(
    Object.keys(CHANGES).flatMap((change) =>
      (["admin", "orgAdmin", "spaceAdmin", "member", "reader", "annotator", "pipeline", "outsider"] as const).flatMap(
        (who) => (["main", "vault", "betaSpace"] as const).map((space) => [change, who, space] as const),
      ),
    ),
  )("%s by %s in %s: the same by mutation and by REST", async (change, who, space) => {
    const asked = CHANGES[change as keyof typeof CHANGES];
    const id = at.world.spaces[space];
    const key = at.world.keys[who];
    const { verdict } = await askGraphQL(at.platform, key, asked.mutation, { id, name: "by mutation" });
    const rest = await asked.rest(at.world.with(key), id, "by rest");
    expect(CODES[verdict] ?? verdict).toBe(HTTP[rest.status] ?? rest.status);
  });

  it("a revoked key is no key anywhere", async () => {
    const made = JSON.parse(
      (await at.world.as("member").post("/v2/api-keys", { key_type: "USER", name: "short-lived" })).text,
    );
    await at.world.as("member").put(`/v2/api-keys/${encodeURIComponent(made.id)}/revoke`);
    expect([
      ofHttp((await at.world.with(made.key).get("/v2/spaces")).status),
      await byGraphQL(made.key, datasetIn.main),
      await byFlight(made.key, at.world.spaces.main, datasetIn.main),
      await byIngest(made.key, at.world.spaces.main),
      await byOtlp(made.key, at.world.spaces.main),
    ]).toEqual(["no key", "no key", "no key", "no key", "no key"]);
  });
});
