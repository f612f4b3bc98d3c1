import { ServiceKeyPage } from "@axlab/wire/console";
import { expect, it } from "vitest";
import { suite } from "../../testing/suite.js";

let statements: string[] = [];
const at = suite({
  logLevel: "debug",
  logTo: { write: (line) => void (line.includes('"msg":"statement"') && statements.push(JSON.parse(line).sql)) },
});

async function cost(): Promise<{ reads: number; keys: number }> {
  statements = [];
  const page = (await at.world.as("admin").get("/console/service-keys?limit=100")).read(ServiceKeyPage);
  return { reads: statements.length, keys: page.service_keys.length };
}

it("a page of 30 service keys costs the store as many reads as a page of one", async () => {
  const { acme } = at.world.organizations;
  await cost();
  const one = await cost();
  for (let n = 0; n < 29; n += 1)
    await at.world.as("admin").post("/v2/api-keys", {
      key_type: "SERVICE",
      name: `key ${n}`,
      organizations: [{ org_id: acme, spaces: [{ space_id: at.world.spaces.main }] }],
    });
  await cost();
  const many = await cost();
  expect([one.keys, many.keys]).toEqual([1, 30]);
  expect(many.reads).toBe(one.reads);
});
