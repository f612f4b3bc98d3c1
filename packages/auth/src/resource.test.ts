import { expect, it } from "vitest";
import { resourceId } from "./resource.js";
import { account, organization, project, space } from "./testing/fixtures.js";

it.each([
  [account, "account"],
  [organization, "organization"],
  [space(), "space"],
  [project(), "project"],
])("resourceId(%o) is its own id", (resource, id) => {
  expect(resourceId(resource)).toBe(id);
});
