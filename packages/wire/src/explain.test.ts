import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { mintKey } from "@axlab/auth";
import { explainZodError, type RequestPart } from "./explain.js";
import * as rest from "./rest/index.js";

function explain(schema: z.ZodType, value: unknown, where: RequestPart = "body"): string {
  const { error } = schema.safeParse(value);
  return error === undefined ? "accepted" : explainZodError(error, where);
}

const service = { key_type: "SERVICE", name: "x" };

describe("the text of a refusal", () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ["a missing field", rest.UpdateProjectRequest, {}, "Request body: name is required (a string)"],
    ["a missing list", rest.CreateDatasetExamplesRequest, {}, "Request body: examples is required (an array)"],
    ["a wrong type", rest.UpdateProjectRequest, { name: 1 }, "Request body: name must be a string"],
    ["a null", rest.UpdateProjectRequest, { name: null }, "Request body: name must be a string"],
    ["no object at all", rest.UpdateProjectRequest, [], "Request body: it must be an object"],
    ["a blank name", rest.UpdateProjectRequest, { name: " " }, "Request body: name must not be blank"],
    [
      "a long name",
      rest.UpdateSpaceRequest,
      { name: "x".repeat(256) },
      "Request body: name must have at most 255 characters",
    ],
    ["an empty id", rest.UpdateRoleBindingRequest, { role_id: "" }, "Request body: role_id must not be empty"],
    [
      "an empty list",
      rest.CreateDatasetExamplesRequest,
      { examples: [] },
      "Request body: examples must have at least 1 item",
    ],
    [
      "a label that comes twice",
      rest.CreateAnnotationConfigRequest,
      { annotation_config_type: "CATEGORICAL", name: "c", space_id: "s", values: [{ label: "a" }, { label: "a" }] },
      "Request body: values[1] repeats item 0: give each once",
    ],
    [
      "a number out of range",
      rest.RefreshApiKeyRequest,
      { grace_period_seconds: 86401 },
      "Request body: grace_period_seconds must be at most 86400",
    ],
    [
      "a fraction",
      rest.RefreshApiKeyRequest,
      { grace_period_seconds: 1.5 },
      "Request body: grace_period_seconds must be a whole number",
    ],
    [
      "a wrong date",
      rest.RefreshApiKeyRequest,
      { expires_at: "soon" },
      "Request body: expires_at must be a date and time such as 2026-05-18T12:00:00Z",
    ],
    [
      "an unknown field",
      rest.UpdateSpaceRequest,
      { nmae: "x" },
      "Request body: nmae is not a known field: allowed here are name, description, is_private",
    ],
    [
      "an empty change",
      rest.UpdateUserRequest,
      {},
      "Request body: it must change something: give at least one of name, is_developer",
    ],
    ["a missing discriminator", rest.CreateApiKeyRequest, {}, "Request body: key_type must be one of USER, SERVICE"],
    [
      "a value deep inside",
      rest.CreateApiKeyRequest,
      {
        ...service,
        organizations: [{ org_id: "o", spaces: [{ space_id: "s", role: { type: "PREDEFINED", name: "OWNER" } }] }],
      },
      "Request body: organizations[0].spaces[0].role.name must be one of ADMIN, MEMBER, READ_ONLY, ANNOTATOR",
    ],
    [
      "an e-mail address",
      z.object({ email: z.email() }),
      { email: "x" },
      "Request body: email must be an e-mail address",
    ],
    [
      "a field that the platform sets",
      rest.CreateDatasetExamplesRequest,
      { examples: [{ a: 1 }, { id: "x" }] },
      "Request body: examples[1].id is set by the platform: leave it out",
    ],
    [
      "a plain union",
      z.object({ a: z.union([z.string(), z.number()]) }),
      { a: true },
      "Request body: a fits none of the allowed forms",
    ],
    [
      "a permission, without listing all 132",
      rest.UpdateRoleRequest,
      { permissions: ["X"] },
      expect.stringMatching(/^Request body: permissions\[0\] must be one of ([A-Z_]+, ){12}… \(132 values\)$/),
    ],
  ])("names %s", (_, schema, value, text) => {
    expect(explain(schema, value)).toEqual(text);
  });

  it("says which part of the request it means", () => {
    expect(explain(rest.ListSpacesQuery, { limit: "0" }, "query")).toBe("Query string: limit must be at least 1");
    expect(explain(rest.ListSpacesQuery, { limit: "x" }, "query")).toBe("Query string: limit must be a whole number");
    expect(explain(rest.SpacePath, { space_id: "" }, "path")).toBe("Path: space_id must not be empty");
  });

  it("names every fault up to eight, and counts the rest", () => {
    expect(explain(rest.CreateUserRequest, {})).toBe(
      "Request body: name is required (a string); email is required (a string); role is required (an object); invite_mode must be one of NONE, EMAIL_LINK, TEMPORARY_PASSWORD",
    );
    const text = explain(rest.CreateDatasetExamplesRequest, { examples: Array.from({ length: 1000 }, () => ({})) });
    expect(text).toContain("examples[7] must have at least one field; and 992 more");
    expect(text).not.toContain("examples[8]");
  });

  it("never repeats a value or a key", () => {
    const secret = mintKey();
    for (const value of [
      { name: { [secret]: 1 } },
      { [secret]: 1 },
      { name: "x", key: secret },
      { name: [secret] },
      secret,
    ]) {
      expect(explain(rest.UpdateProjectRequest, value)).not.toContain(secret.slice(0, 20));
    }
    expect(explain(rest.CreateRoleBindingRequest, { resource_type: secret })).not.toContain(secret.slice(0, 20));
    expect(explain(z.record(z.string(), z.number()), { [secret]: "x" })).not.toContain(secret.slice(0, 20));
  });

  it("holds for any body and cuts overlong field names", () => {
    const schemas = [
      rest.CreateApiKeyRequest,
      rest.CreateRoleBindingRequest,
      rest.CreateExperimentRequest,
      rest.UpdateDatasetExamplesRequest,
    ];
    fc.assert(
      fc.property(fc.constantFrom(...schemas), fc.jsonValue(), (schema, value) => {
        expect(explain(schema, value)).toMatch(/^(accepted|Request body: .+)$/s);
      }),
    );
    expect(explain(rest.UpdateProjectRequest, { name: "x", ["y".repeat(10_000)]: 1 }).length).toBeLessThan(200);
  });

  it("counts unknown fields beyond the eighth", () => {
    const fields = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`f${index}`, index]));
    const text = explain(rest.UpdateProjectRequest, { name: "x", ...fields });
    expect(text).toBe(
      "Request body: f0, f1, f2, f3, f4, f5, f6, f7 and 992 more are not known fields: allowed here are name",
    );
  });
});
