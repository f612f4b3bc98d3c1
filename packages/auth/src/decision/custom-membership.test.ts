import { describe, expect, it } from "vitest";
import type { Principal } from "../principal.js";
import { binding, project, somebody, space, spaceId, type Given } from "../testing/fixtures.js";
import { decide } from "./decide.js";
import { effectiveRole } from "./effective.js";

/** Joined the space with a custom role, which is a binding. */
function joined(given: Given): Principal {
  const person = somebody({ onSpace: [binding("b", "SPACE_READ", "DATASET_READ")], ...given });
  return { ...person, grants: { ...person.grants, spaceRoles: new Map([[spaceId, null]]) } };
}

describe("somebody who joined a space with a custom role", () => {
  it("may do what that role says", () => {
    expect(decide(joined({ organization: "READ_ONLY" }), "DATASET_READ", space(true)).allowed).toBe(true);
  });

  it("does not fall back to the organization role in a public space, which would be more than the custom role", () => {
    expect(decide(somebody({ organization: "MEMBER" }), "DATASET_CREATE", space()).allowed).toBe(true);
    expect(decide(joined({ organization: "MEMBER" }), "DATASET_CREATE", space())).toMatchObject({
      allowed: false,
      reason: "forbidden",
    });
    expect(decide(joined({ organization: "MEMBER" }), "PROJECT_READ", project())).toMatchObject({
      allowed: false,
      reason: "not_found",
    });
    expect(effectiveRole(joined({ organization: "MEMBER" }), "space", space())).toBeNull();
  });

  it("is admin all the same when the organization's admin", () => {
    expect(effectiveRole(joined({ organization: "ADMIN" }), "space", space(true))).toBe("ADMIN");
    expect(decide(joined({ organization: "ADMIN" }), "SPACE_ADMIN", space(true)).allowed).toBe(true);
  });
});
