import { describe, expect, it } from "vitest";
import { isPermission, levelOf, PERMISSIONS } from "./permissions.js";

describe("permissions", () => {
  it("are the 132 of the documents, each once", () => {
    expect(PERMISSIONS).toHaveLength(132);
    expect(new Set(PERMISSIONS).size).toBe(132);
  });

  it.each(["AI_PROVIDER_READ", "ALYX_RUN", "MONITOR_TRIGGER", "PROJECT_RESTRICT", "USER_PERMISSION_UPDATE"])(
    "know %s",
    (name) => {
      expect(isPermission(name)).toBe(true);
    },
  );

  // spec/rest.md §3.6: named in prose, but not in the enumeration.
  it.each([
    "RESOURCE_RESTRICT",
    "LLM_INTEGRATION_READ",
    "ROLE_BINDING_UPDATE",
    "API_KEY_READ",
    "dataset_read",
    "",
    null,
    7,
  ])("do not know %s", (name) => {
    expect(isPermission(name)).toBe(false);
  });

  it("cannot be changed", () => {
    expect(Object.isFrozen(PERMISSIONS)).toBe(true);
  });

  it("belong to the account, to an organization, or to a space", () => {
    const at = (level: string) => PERMISSIONS.filter((permission) => levelOf(permission) === level);
    expect(at("account")).toEqual([
      "ORGANIZATION_CREATE",
      "USER_CREATE",
      "USER_DELETE",
      "USER_READ",
      "USER_UPDATE",
      "USER_PERMISSION_UPDATE",
    ]);
    expect(at("organization")).toEqual([
      "ORGANIZATION_DELETE",
      "ORGANIZATION_READ",
      "ORGANIZATION_UPDATE",
      "SPACE_CREATE",
    ]);
    expect(at("space")).toHaveLength(122);
  });
});
