import { ArizeClient } from "@axlab/sdk";
import { test } from "@axlab/mock-server/vitest";
import { expect } from "vitest";
import { spaceNames, whoAmI } from "./spaces.js";

test("typed documents are answered by the platform", async ({ tenant }) => {
  const client = new ArizeClient({ baseUrl: tenant.url, apiKey: tenant.keys.admin });
  for (const name of ["one", "two", "three"])
    await client.spaces.create({ name, organization: tenant.organization.id });
  expect(await spaceNames(client)).toEqual(expect.arrayContaining([tenant.space.name, "one", "two", "three"]));
  const { name, since } = await whoAmI(client);
  expect(name).not.toBe("nobody");
  expect(Number.isNaN(Date.parse(since))).toBe(false);
});

test("a query that the schema refuses says so, with what did succeed", async ({ tenant }) => {
  const client = new ArizeClient({ baseUrl: tenant.url, apiKey: tenant.keys.admin });
  const refused = client.graphql("{ viewer { shoeSize } }");
  await expect(refused).rejects.toThrow(/shoeSize/);
  const schema = await client.graphql.schema();
  expect(schema.getQueryType()?.getFields()).toHaveProperty("viewer");
});
