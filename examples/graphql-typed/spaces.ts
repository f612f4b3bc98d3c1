import type { ArizeClient } from "@axlab/sdk";
import type { introspection } from "@axlab/sdk/graphql/introspection";
import { initGraphQLTada } from "gql.tada";

/** Documents typed by the schema that the SDK ships: a field that does not exist is a type error here, before anything runs. */
const graphql = initGraphQLTada<{ introspection: introspection; scalars: { DateTime: string } }>();

const SPACES = graphql(`
  query Spaces($first: Int!, $endCursor: String) {
    viewer {
      spaces(first: $first, after: $endCursor) {
        edges {
          node {
            id
            name
            createdAt
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** The names of every space the key may see. */
export async function spaceNames(client: ArizeClient): Promise<string[]> {
  const names: string[] = [];
  const spaces = client.graphql.connection(SPACES, { first: 2 }, { at: (data) => data.viewer?.spaces });
  for await (const { name } of spaces) names.push(name);
  return names;
}

const WHO = graphql(`
  query Who {
    viewer {
      user {
        name
        createdAt
      }
    }
  }
`);

export async function whoAmI(client: ArizeClient): Promise<{ name: string; since: string }> {
  const { viewer } = await client.graphql(WHO);
  // Nullable in the schema, so nullable here: the compiler asks what shall happen then.
  return { name: viewer?.user?.name ?? "nobody", since: viewer?.user?.createdAt ?? "" };
}
