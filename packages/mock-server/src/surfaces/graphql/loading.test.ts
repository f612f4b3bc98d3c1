import { describe, expect, it } from "vitest";
import { askGraphQL } from "../../testing/graphql.js";
import { suite } from "../../testing/suite.js";

let statements: string[] = [];
const at = suite({
  logLevel: "debug",
  logTo: { write: (line) => void (line.includes('"msg":"statement"') && statements.push(JSON.parse(line).sql)) },
});

const PAGE = `query ($id: ID!) { node(id: $id) { ... on AccountOrganization { spaces(first: 100) { edges { node {
  name accountOrganization { name } models(first: 10) { totalCount edges { node { name space { name } } } }
  datasets(first: 10) { edges { node { name latestDatasetVersion { id } } } }
  annotationConfigs { totalCount } spaceUsers(first: 5) { edges { node { user { name } customRole { name } } } }
} } } } } }`;

async function cost(): Promise<{ reads: number; models: number }> {
  statements = [];
  const id = at.world.organizations.acme;
  const { data, errors } = await askGraphQL(at.platform, at.world.keys.admin, PAGE, { id });
  expect(errors).toEqual([]);
  const spaces: { node: { models: { totalCount: number } } }[] = data.node.spaces.edges;
  return { reads: statements.length, models: spaces.reduce((sum, { node }) => sum + node.models.totalCount, 0) };
}

describe("what a page costs the store", () => {
  it("a page of 100 spaces with their models and datasets costs as many reads as a page of three", async () => {
    const admin = at.world.as("admin");
    const few = await cost();
    for (let n = 0; n < 97; n += 1) {
      const space = JSON.parse(
        (await admin.post("/v2/spaces", { name: `space ${n}`, organization_id: at.world.organizations.acme })).text,
      );
      await admin.post("/v2/projects", { name: "model", space_id: space.id });
      if (n < 5) await admin.post("/v2/datasets", { name: "set", space_id: space.id, examples: [{ a: 1 }] });
    }
    const many = await cost();
    expect(many.models).toBe(97);
    expect(many.reads).toBeLessThanOrEqual(few.reads + 3);
    expect(many.reads).toBeLessThan(25);
  }, 60_000);
});
