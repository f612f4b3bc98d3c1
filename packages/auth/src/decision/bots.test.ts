import { describe, expect, it } from "vitest";
import { organization, project, somebody, space, type Given } from "../testing/fixtures.js";
import { decide } from "./decide.js";
import { effectiveRole } from "./effective.js";

const bot = (given: Given) => ({ ...somebody(given), kind: "bot" as const });

describe("a bot", () => {
  it.each(["MEMBER", "READ_ONLY"] as const)(
    "with organization role %s does not fall back to it in a public space",
    (role) => {
      expect(decide(somebody({ organization: role }), "SPACE_READ", space()).allowed).toBe(true);
      expect(decide(bot({ organization: role }), "SPACE_READ", space())).toMatchObject({
        allowed: false,
        reason: "not_found",
      });
      expect(decide(bot({ organization: role }), "PROJECT_READ", project())).toMatchObject({
        allowed: false,
        reason: "not_found",
      });
      expect(effectiveRole(bot({ organization: role }), "space", space())).toBeNull();
    },
  );

  it("has its own space role, and an organization admin's reach, like a person", () => {
    expect(decide(bot({ organization: "READ_ONLY", space: "MEMBER" }), "DATASET_CREATE", space(true)).allowed).toBe(
      true,
    );
    expect(decide(bot({ organization: "ADMIN" }), "SPACE_READ", space(true)).allowed).toBe(true);
    expect(decide(bot({ organization: "READ_ONLY" }), "ORGANIZATION_READ", organization).allowed).toBe(true);
  });
});
