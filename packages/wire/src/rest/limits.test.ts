import { describe, expect, it } from "vitest";
import type * as z from "zod";
import * as rest from "./index.js";
import { refuses, vary, wide } from "./testing/expect.js";

const admin = { type: "PREDEFINED", name: "ADMIN" };
const space = vary({ name: "x", organization_id: "o" });
const organization = vary({ name: "x" });
const user = vary({ name: "x", email: "a@b.co", role: admin, invite_mode: "NONE" });
const userKey = vary({ key_type: "USER", name: "x" });
const serviceKey = vary({
  key_type: "SERVICE",
  name: "x",
  organizations: [{ org_id: "o", spaces: [{ space_id: "s" }] }],
});
const role = vary({ name: "x", permissions: ["SPACE_READ"] });

/** Where, schema, a body holding the text, its field, the longest allowed length, and whether it is a name (trimmed, not blank). */
const texts: [string, z.ZodType, (change: object) => object, string, number, boolean][] = [
  ["space name", rest.CreateSpaceRequest, space, "name", 255, true],
  ["space name on update", rest.UpdateSpaceRequest, vary({}), "name", 255, true],
  ["space description", rest.CreateSpaceRequest, space, "description", 1000, false],
  ["space description on update", rest.UpdateSpaceRequest, vary({}), "description", 1000, false],
  ["organization name", rest.CreateOrganizationRequest, organization, "name", 255, true],
  ["organization name on update", rest.UpdateOrganizationRequest, vary({}), "name", 255, true],
  ["organization description", rest.CreateOrganizationRequest, organization, "description", 1000, false],
  ["organization description on update", rest.UpdateOrganizationRequest, vary({}), "description", 1000, false],
  ["user name", rest.CreateUserRequest, user, "name", 255, true],
  ["user name on update", rest.UpdateUserRequest, vary({}), "name", 255, true],
  ["user key name", rest.CreateApiKeyRequest, userKey, "name", 256, true],
  ["user key description", rest.CreateApiKeyRequest, userKey, "description", 1000, false],
  ["service key name", rest.CreateApiKeyRequest, serviceKey, "name", 256, true],
  ["service key description", rest.CreateApiKeyRequest, serviceKey, "description", 1000, false],
  ["role name", rest.CreateRoleRequest, role, "name", 255, true],
  ["role name on update", rest.UpdateRoleRequest, vary({}), "name", 255, true],
  ["role description", rest.CreateRoleRequest, role, "description", 1000, false],
  ["role description on update", rest.UpdateRoleRequest, vary({}), "description", 1000, false],
  ["name filter of organizations", rest.ListOrganizationsQuery, vary({}), "name", 255, false],
  ["name filter of spaces", rest.ListSpacesQuery, vary({}), "name", 255, false],
  ["name filter of experiments", rest.ListExperimentsQuery, vary({}), "name", 255, false],
  ["email filter of users", rest.ListUsersQuery, vary({}), "email", 255, false],
  ...[rest.ListProjectsQuery, rest.ListDatasetsQuery, rest.ListAnnotationConfigsQuery].flatMap(
    (schema): typeof texts => [
      ["name filter", schema, vary({}), "name", 255, false],
      ["space_name filter", schema, vary({}), "space_name", 255, false],
    ],
  ),
];

describe.each(texts)("the %s", (_, schema, body, field, max) => {
  it(`has at most ${max} characters, whatever characters they are`, () => {
    expect(schema.parse(body({ [field]: wide(max) }))).toMatchObject({ [field]: wide(max) });
    refuses(schema, body({ [field]: "x".repeat(max + 1) }), field);
  });
});

describe.each(texts.filter(([, , , , , isName]) => isName))("the %s", (_, schema, body, field, max) => {
  it("is trimmed and not blank", () => {
    expect(schema.parse(body({ [field]: `  ${"x".repeat(max)}\n` }))).toMatchObject({ [field]: "x".repeat(max) });
    for (const blank of ["", " ", "\t\n "]) refuses(schema, body({ [field]: blank }), field);
  });
});

describe("names without a documented length", () => {
  const named: [z.ZodType, (change: object) => object][] = [
    [rest.CreateProjectRequest, vary({ space_id: "s" })],
    [rest.UpdateProjectRequest, vary({})],
    [rest.CreateDatasetRequest, vary({ space_id: "s", examples: [{ a: 1 }] })],
    [rest.UpdateDatasetRequest, vary({})],
    [rest.CreateExperimentRequest, vary({ space_id: "s", experiment_runs: [{ output: "" }] })],
    [rest.CreateAnnotationConfigRequest, vary({ annotation_config_type: "FREEFORM", space_id: "s" })],
    [rest.UpdateAnnotationConfigRequest, vary({ annotation_config_type: "FREEFORM" })],
  ];
  it.each(named)("are trimmed and not blank (%#)", (schema, body) => {
    expect(schema.parse(body({ name: " x " }))).toMatchObject({ name: "x" });
    refuses(schema, body({ name: " " }), "name");
  });
});

const ids = (count: number) => Array.from({ length: count }, (_, index) => `id-${index}`);
const annotation = (id: string) => ({ record_id: id, values: [{ name: "x" }] });
const spaces = (count: number) => ids(count).map((space_id) => ({ space_id }));
const organizations = (count: number) => ids(count).map((org_id) => ({ org_id, spaces: spaces(1) }));
const categorical = { annotation_config_type: "CATEGORICAL", name: "x" };

/** Where, schema, a body with that many items, the path of the list, and the range of its length. */
const lists: [string, z.ZodType, (count: number) => object, string, number, number | null][] = [
  [
    "organizations of a service key",
    rest.CreateApiKeyRequest,
    (n) => serviceKey({ organizations: organizations(n) }),
    "organizations",
    1,
    100,
  ],
  [
    "spaces of a service key",
    rest.CreateApiKeyRequest,
    (n) => serviceKey({ organizations: [{ org_id: "o", spaces: spaces(n) }] }),
    "organizations.0.spaces",
    1,
    100,
  ],
  [
    "examples of a new dataset",
    rest.CreateDatasetRequest,
    (n) => ({ name: "x", space_id: "s", examples: ids(n).map((a) => ({ a })) }),
    "examples",
    1,
    1000,
  ],
  [
    "examples to append",
    rest.CreateDatasetExamplesRequest,
    (n) => ({ examples: ids(n).map((a) => ({ a })) }),
    "examples",
    1,
    1000,
  ],
  [
    "examples to update",
    rest.UpdateDatasetExamplesRequest,
    (n) => ({ examples: ids(n).map((id) => ({ id })) }),
    "examples",
    1,
    1000,
  ],
  [
    "examples to delete",
    rest.DeleteDatasetExamplesRequest,
    (n) => ({ dataset_version_id: "v", example_ids: ids(n) }),
    "example_ids",
    1,
    1000,
  ],
  [
    "records to annotate",
    rest.AnnotateRecordsRequest,
    (n) => ({ annotations: ids(n).map(annotation) }),
    "annotations",
    1,
    1000,
  ],
  [
    "spans to annotate",
    rest.AnnotateSpansRequest,
    (n) => ({ project_id: "p", annotations: ids(n).map(annotation) }),
    "annotations",
    1,
    1000,
  ],
  [
    "annotations of a record",
    rest.AnnotateRecordInput,
    (n) => ({ record_id: "r", values: ids(n).map((name) => ({ name })) }),
    "values",
    1,
    null,
  ],
  [
    "runs of a new experiment",
    rest.CreateExperimentRequest,
    (n) => ({ name: "x", space_id: "s", experiment_runs: ids(n).map((output) => ({ output })) }),
    "experiment_runs",
    1,
    null,
  ],
  [
    "runs to append",
    rest.CreateExperimentRunsRequest,
    (n) => ({ experiment_runs: ids(n).map((output) => ({ output })) }),
    "experiment_runs",
    1,
    1000,
  ],
  ["spans to delete", rest.DeleteSpansRequest, (n) => ({ project_id: "p", span_ids: ids(n) }), "span_ids", 1, 5000],
  [
    "labels",
    rest.CreateAnnotationConfigRequest,
    (n) => ({ ...categorical, space_id: "s", values: ids(n).map((label) => ({ label })) }),
    "values",
    2,
    100,
  ],
  [
    "labels on update",
    rest.UpdateAnnotationConfigRequest,
    (n) => ({ ...categorical, values: ids(n).map((label) => ({ label })) }),
    "values",
    2,
    100,
  ],
  [
    "permissions of a role",
    rest.CreateRoleRequest,
    (n) => role({ permissions: ids(n).map(() => "SPACE_READ") }),
    "permissions",
    1,
    null,
  ],
  [
    "permissions on update",
    rest.UpdateRoleRequest,
    (n) => ({ permissions: ids(n).map(() => "SPACE_READ") }),
    "permissions",
    1,
    null,
  ],
];

describe.each(lists)("the list of %s", (_, schema, body, path, min, max) => {
  it(`has at least ${min} items`, () => {
    expect(schema.safeParse(body(min)).error).toBeUndefined();
    refuses(schema, body(min - 1), path);
  });

  it(max === null ? "has no upper limit of its own" : `has at most ${max} items`, () => {
    expect(schema.safeParse(body(max ?? 6000)).error).toBeUndefined();
    if (max !== null) refuses(schema, body(max + 1), path);
  });
});

describe("ids given twice", () => {
  const twice: [string, z.ZodType, object, string][] = [
    [
      "organizations",
      rest.CreateApiKeyRequest,
      serviceKey({ organizations: [...organizations(1), ...organizations(1)] }),
      "organizations.1",
    ],
    [
      "spaces",
      rest.CreateApiKeyRequest,
      serviceKey({ organizations: [{ org_id: "o", spaces: [...spaces(1), ...spaces(1)] }] }),
      "organizations.0.spaces.1",
    ],
    [
      "examples to update",
      rest.UpdateDatasetExamplesRequest,
      { examples: [{ id: "a" }, { id: "b" }, { id: "a" }] },
      "examples.2",
    ],
    [
      "examples to delete",
      rest.DeleteDatasetExamplesRequest,
      { dataset_version_id: "v", example_ids: ["a", "a"] },
      "example_ids.1",
    ],
    ["spans to delete", rest.DeleteSpansRequest, { project_id: "p", span_ids: ["a", "b", "b"] }, "span_ids.2"],
    ["records", rest.AnnotateRecordsRequest, { annotations: [annotation("a"), annotation("a")] }, "annotations.1"],
    ["configs", rest.AnnotateRecordInput, { record_id: "r", values: [{ name: "x" }, { name: " x" }] }, "values.1"],
  ];
  it.each(twice)("are refused: %s", (_, schema, body, path) => {
    refuses(schema, body, path);
  });
});

describe("numbers", () => {
  it("grace_period_seconds is a whole number from 0 to a day, 0 by default", () => {
    expect(rest.RefreshApiKeyRequest.parse({})).toEqual({ grace_period_seconds: 0 });
    for (const seconds of [0, 86_400])
      expect(rest.RefreshApiKeyRequest.parse({ grace_period_seconds: seconds }).grace_period_seconds).toBe(seconds);
    for (const seconds of [-1, 86_401, 1.5, "60", null])
      refuses(rest.RefreshApiKeyRequest, { grace_period_seconds: seconds }, "grace_period_seconds");
  });

  const pages: [string, z.ZodType, object, number, number][] = [
    ["api keys", rest.ListApiKeysQuery, {}, 50, 100],
    ["audit logs", rest.ListAuditLogsQuery, {}, 50, 100],
    ["users", rest.ListUsersQuery, {}, 50, 100],
    ["organizations", rest.ListOrganizationsQuery, {}, 50, 100],
    ["spaces", rest.ListSpacesQuery, {}, 50, 100],
    ["roles", rest.ListRolesQuery, {}, 50, 100],
    ["role bindings", rest.ListRoleBindingsQuery, { resource_type: "SPACE" }, 50, 100],
    ["resource restrictions", rest.ListResourceRestrictionsQuery, {}, 50, 100],
    ["projects", rest.ListProjectsQuery, {}, 50, 100],
    ["datasets", rest.ListDatasetsQuery, {}, 50, 100],
    ["experiments", rest.ListExperimentsQuery, {}, 50, 100],
    ["annotation configs", rest.ListAnnotationConfigsQuery, {}, 50, 100],
    ["dataset examples", rest.ListDatasetExamplesQuery, {}, 50, 500],
    ["experiment runs", rest.ListExperimentRunsQuery, {}, 50, 500],
    ["spans", rest.ListSpansQuery, {}, 50, 500],
    ["traces", rest.ListTracesQuery, {}, 25, 50],
  ];
  it.each(pages)("a page of %s", (_, schema, query, usual, max) => {
    expect(schema.parse(query)).toMatchObject({ limit: usual });
    expect(schema.parse({ ...query, limit: String(max) })).toMatchObject({ limit: max });
    refuses(schema, { ...query, limit: String(max + 1) }, "limit");
  });
});
