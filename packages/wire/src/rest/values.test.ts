import { describe, expect, it } from "vitest";
import type * as z from "zod";
import * as rest from "./index.js";
import { accepts, refuses, vary } from "./testing/expect.js";

const at = "2026-05-18T12:00:00.000Z";
const admin = { type: "PREDEFINED", name: "ADMIN" };

describe("role assignments", () => {
  it("know the predefined names of their level", () => {
    for (const name of ["ADMIN", "MEMBER", "ANNOTATOR"]) accepts(rest.UserRoleAssignment, { type: "PREDEFINED", name });
    refuses(rest.UserRoleAssignment, { type: "PREDEFINED", name: "READ_ONLY" }, "name");
    for (const schema of [rest.OrganizationRoleAssignment, rest.SpaceRoleAssignment]) {
      for (const name of ["ADMIN", "MEMBER", "READ_ONLY", "ANNOTATOR"]) accepts(schema, { type: "PREDEFINED", name });
      refuses(schema, { type: "PREDEFINED", name: "admin" }, "name");
    }
  });

  it("fit exactly one variant", () => {
    for (const schema of [rest.UserRoleAssignment, rest.OrganizationRoleAssignment, rest.SpaceRoleAssignment]) {
      refuses(schema, { ...admin, id: "r" }, "id");
      refuses(schema, { type: "CUSTOM", name: "x" }, "id");
      refuses(schema, { type: "OTHER" }, "type");
      accepts(schema, { type: "CUSTOM", id: "r", name: "Reviewer" });
    }
  });

  it("do not take the read-only name of a custom role", () => {
    for (const schema of [
      rest.UserRoleAssignmentRequest,
      rest.OrganizationRoleAssignmentRequest,
      rest.SpaceRoleAssignmentRequest,
    ]) {
      accepts(schema, { type: "CUSTOM", id: "r" });
      refuses(schema, { type: "CUSTOM", id: "r", name: "Reviewer" }, "name");
    }
  });
});

describe("defaults", () => {
  it("are filled in as documented", () => {
    expect(rest.CreateSpaceRequest.parse({ name: "x", organization_id: "o" })).toMatchObject({
      description: "",
      is_private: false,
    });
    expect(rest.CreateOrganizationRequest.parse({ name: "x" })).toMatchObject({ description: "" });
    expect(
      rest.CreateApiKeyRequest.parse({
        key_type: "SERVICE",
        name: "x",
        organizations: [{ org_id: "o", spaces: [{ space_id: "s" }] }],
      }),
    ).toEqual({
      key_type: "SERVICE",
      name: "x",
      account_role: { type: "PREDEFINED", name: "MEMBER" },
      organizations: [
        {
          org_id: "o",
          role: { type: "PREDEFINED", name: "READ_ONLY" },
          spaces: [{ space_id: "s", role: { type: "PREDEFINED", name: "MEMBER" } }],
        },
      ],
    });
    expect(rest.ListApiKeysQuery.parse({})).toEqual({ limit: 50, status: "ACTIVE" });
    expect(
      rest.AnnotateSpansRequest.parse({ project_id: "p", annotations: [{ record_id: "s", values: [{ name: "x" }] }] })
        .granularity,
    ).toBe("SPAN");
    const continuous = {
      annotation_config_type: "CONTINUOUS",
      name: "x",
      space_id: "s",
      minimum_score: 0,
      maximum_score: 1,
    };
    const categorical = {
      annotation_config_type: "CATEGORICAL",
      name: "x",
      space_id: "s",
      values: [{ label: "a" }, { label: "b" }],
    };
    for (const config of [continuous, categorical])
      accepts(rest.CreateAnnotationConfigRequest, config, { optimization_direction: "NONE" });
  });
});

describe("API keys", () => {
  const key = vary({
    id: "k",
    name: "x",
    key_type: "USER",
    status: "ACTIVE",
    redacted_key: "ak-abc...xyz",
    created_at: at,
    created_by_user_id: "u",
  });
  const bot = {
    id: "b",
    name: "x",
    account_role: admin,
    organizations: [{ org_id: "o", role: admin, spaces: [{ space_id: "s", role: admin }] }],
  };

  it("never show a secret outside create and refresh", () => {
    accepts(rest.ApiKey, key({ expires_at: at, last_used_at: at, description: "" }));
    refuses(rest.ApiKey, key({ key: "ak-secret" }), "key");
    accepts(rest.RefreshedApiKey, key({ key: "ak-secret" }));
    refuses(rest.RefreshedApiKey, key({ key: "ak-secret", bot_user: bot }), "bot_user");
  });

  it("come with their bot user exactly when they are service keys", () => {
    accepts(rest.CreatedApiKey, key({ key: "ak-secret" }));
    refuses(rest.CreatedApiKey, key({ key: "ak-secret", bot_user: bot }), "bot_user");
    accepts(rest.CreatedApiKey, key({ key_type: "SERVICE", key: "ak-secret", bot_user: bot }));
    refuses(rest.CreatedApiKey, key({ key_type: "SERVICE", key: "ak-secret" }), "bot_user");
    refuses(
      rest.CreatedApiKey,
      key({ key_type: "SERVICE", key: "ak-secret", bot_user: { ...bot, organizations: [] } }),
      "bot_user.organizations",
    );
  });

  it("of one type take no fields of the other", () => {
    refuses(rest.CreateApiKeyRequest, { key_type: "USER", name: "x", organizations: [] }, "organizations");
    refuses(rest.CreateApiKeyRequest, { key_type: "user", name: "x" }, "key_type");
  });

  it("expire at any form of timestamp, but at a timestamp", () => {
    accepts(rest.CreateApiKeyRequest, { key_type: "USER", name: "x", expires_at: "2026-05-18T12:00:00" });
    for (const expires_at of ["tomorrow", 1779105600000, null])
      refuses(rest.CreateApiKeyRequest, { key_type: "USER", name: "x", expires_at }, "expires_at");
  });
});

describe("users", () => {
  const user = vary({ name: "x", email: "a@b.co", role: admin, invite_mode: "NONE" });

  it("need an e-mail address", () => {
    accepts(rest.CreateUserRequest, user({ email: " ada.l+x@example.org " }), { email: "ada.l+x@example.org" });
    for (const email of ["", "a", "a@", "a b@c.de", null]) refuses(rest.CreateUserRequest, user({ email }), "email");
  });

  it("are listed by one status or several", () => {
    expect(rest.ListUsersQuery.parse({ status: "ACTIVE" }).status).toEqual(["ACTIVE"]);
    expect(rest.ListUsersQuery.parse({ status: ["ACTIVE", "INVITED"] }).status).toEqual(["ACTIVE", "INVITED"]);
    expect(rest.ListUsersQuery.parse({}).status).toBeUndefined();
    refuses(rest.ListUsersQuery, { status: "ACTIVE,INVITED" }, "status.0");
    refuses(rest.ListUsersQuery, { status: ["ACTIVE", "GONE"] }, "status.1");
  });

  it("are invited in a documented way", () => {
    refuses(rest.CreateUserRequest, user({ invite_mode: "MAIL" }), "invite_mode");
  });
});

describe("roles, bindings and restrictions", () => {
  const binding = vary({ role_id: "r", user_id: "u" });
  const space = btoa("Space:1:aBcD");
  const project = btoa("Model:1:aBcD");

  it("grant permissions that exist", () => {
    refuses(rest.CreateRoleRequest, { name: "x", permissions: ["SPACE_READ", "RESOURCE_RESTRICT"] }, "permissions.1");
  });

  it("are bound to the kind of resource they name", () => {
    accepts(rest.CreateRoleBindingRequest, binding({ resource_type: "SPACE", resource_id: space }));
    accepts(rest.CreateRoleBindingRequest, binding({ resource_type: "PROJECT", resource_id: project }));
    refuses(rest.CreateRoleBindingRequest, binding({ resource_type: "SPACE", resource_id: project }), "resource_id");
    refuses(rest.CreateRoleBindingRequest, binding({ resource_type: "PROJECT", resource_id: space }), "resource_id");
    refuses(
      rest.CreateRoleBindingRequest,
      binding({ resource_type: "PROJECT", resource_id: "my project" }),
      "resource_id",
    );
    refuses(rest.CreateRoleBindingRequest, binding({ resource_type: "DATASET", resource_id: space }), "resource_type");
  });

  it("restrict projects only", () => {
    refuses(rest.CreateResourceRestrictionRequest, { resource_id: space }, "resource_id");
  });

  it("filter by true and false", () => {
    expect(rest.ListRolesQuery.parse({ is_predefined: "true" }).is_predefined).toBe(true);
    expect(rest.ListRolesQuery.parse({ is_predefined: "false" }).is_predefined).toBe(false);
    for (const is_predefined of ["", "1", "TRUE", "yes", ["true", "true"]])
      refuses(rest.ListRolesQuery, { is_predefined }, "is_predefined");
  });

  it("need the resource type to list bindings", () => {
    refuses(rest.ListRoleBindingsQuery, {}, "resource_type");
  });
});

describe("dataset examples", () => {
  const example = { question: "?", nested: { list: [1, null, "x"] }, flag: true, nothing: null };

  it("keep every field of the user", () => {
    accepts(rest.DatasetExampleInput, example);
    accepts(rest.DatasetExampleUpdate, { id: "e", ...example });
    accepts(rest.DatasetExample, {
      id: "e",
      created_at: at,
      updated_at: at,
      annotations: [{ name: "x", score: 1 }],
      ...example,
    });
  });

  it("need at least one field, and none that the platform sets", () => {
    refuses(rest.DatasetExampleInput, {}, "");
    for (const field of ["id", "created_at", "updated_at"])
      refuses(rest.DatasetExampleInput, { ...example, [field]: "x" }, field);
    for (const field of ["created_at", "updated_at"])
      refuses(rest.DatasetExampleUpdate, { id: "e", ...example, [field]: at }, field);
    for (const id of [undefined, "", 1, null])
      refuses(rest.DatasetExampleUpdate, { ...example, ...(id !== undefined && { id }) }, "id");
  });

  it("are objects of JSON values", () => {
    for (const value of [null, [], "x", { a: Number.NaN }, JSON.parse('{"__proto__": 1}') as unknown])
      refuses(rest.DatasetExampleInput, value, "");
  });

  it("name each missing id of a batch once", () => {
    refuses(rest.UpdateDatasetExamplesRequest, { examples: [{ a: 1 }, { a: 2 }] }, "examples.0.id", "examples.1.id");
  });
});

describe("experiments", () => {
  const body = vary({ name: "x", experiment_runs: [{ output: "a", example_id: "e", score: 1 }] });

  it("belong to a dataset or to a space, never to both or neither", () => {
    accepts(rest.CreateExperimentRequest, body({ dataset_id: "d" }));
    accepts(rest.CreateExperimentRequest, body({ space_id: "s" }));
    refuses(rest.CreateExperimentRequest, body({}), "");
    refuses(rest.CreateExperimentRequest, body({ dataset_id: "d", space_id: "s" }), "");
    refuses(rest.ListExperimentsQuery, { dataset_id: "d", space_id: "s" }, "");
  });

  it("of a dataset name the example of every run", () => {
    const experiment_runs = [{ output: "a", example_id: "e" }, { output: "b" }];
    refuses(rest.CreateExperimentRequest, body({ dataset_id: "d", experiment_runs }), "experiment_runs.1.example_id");
    accepts(rest.CreateExperimentRequest, body({ space_id: "s", experiment_runs }));
  });

  it("have runs with a text output", () => {
    for (const run of [{}, { output: 1 }, { output: null }]) refuses(rest.ExperimentRunInput, run, "output");
    for (const example_id of ["", 1, null]) refuses(rest.ExperimentRunInput, { output: "", example_id }, "example_id");
    accepts(rest.ExperimentRun, { id: "r", output: null, error: "boom", example_id: null, "eval.x.score": 1 });
  });
});

describe("annotations", () => {
  it("cannot be nulled, and need a name", () => {
    accepts(rest.AnnotationInput, { name: "x", score: 0.5, label: "a", text: "b" });
    for (const field of ["score", "label", "text"]) refuses(rest.AnnotationInput, { name: "x", [field]: null }, field);
    refuses(rest.AnnotationInput, { name: " " }, "name");
  });

  it("configs answer under `type` and are asked for under `annotation_config_type`", () => {
    const config = { id: "c", name: "x", space_id: "s", created_at: at };
    accepts(rest.AnnotationConfig, { ...config, type: "FREEFORM" });
    refuses(
      rest.AnnotationConfig,
      { ...config, type: "FREEFORM", optimization_direction: "NONE" },
      "optimization_direction",
    );
    refuses(
      rest.CreateAnnotationConfigRequest,
      { type: "FREEFORM", name: "x", space_id: "s" },
      "annotation_config_type",
    );
    const scored = { ...config, optimization_direction: "NONE", minimum_score: 0, maximum_score: 1 };
    accepts(rest.AnnotationConfig, { ...scored, type: "CONTINUOUS" });
    refuses(rest.AnnotationConfig, { ...scored, type: "CATEGORICAL" }, "values", "minimum_score", "maximum_score");
  });
});

describe("spans and traces", () => {
  const span = { name: "x", context: { trace_id: "t", span_id: "s" }, kind: "LLM", start_time: at, end_time: at };

  it("hold any attributes, and no field of their own beside the documented", () => {
    accepts(rest.Span, {
      ...span,
      attributes: { "llm.model_name": "m", deep: { a: [1] } },
      events: [{ name: "e", timestamp: at }],
    });
    refuses(rest.Span, { ...span, "llm.model_name": "m" }, "llm.model_name");
    refuses(rest.Span, { ...span, kind: "llm" }, "kind");
    accepts(rest.Trace, { trace_id: "t", root_span_id: "s", spans_truncated: false, spans: [span] });
  });

  it("are filtered by a text that says something", () => {
    for (const schema of [rest.ListSpansRequest, rest.ListTracesRequest]) {
      accepts(schema, { project_id: "p", filter: " status_code = 'ERROR'" });
      for (const filter of ["", " \n"]) refuses(schema, { project_id: "p", filter }, "filter");
    }
    for (const schema of [rest.SearchDatasetExamplesRequest, rest.SearchExperimentRunsRequest]) {
      expect(schema.parse({})).toEqual({ limit: 50 });
      for (const filter of ["", " \n"]) refuses(schema, { filter }, "filter");
      for (const limit of [0, 501, 1.5]) refuses(schema, { limit }, "limit");
    }
  });

  it("have windows of timestamps", () => {
    const annotations = [{ record_id: "s", values: [{ name: "x" }] }];
    const windows: [z.ZodType, object][] = [
      [rest.ListSpansRequest, { project_id: "p" }],
      [rest.ListTracesRequest, { project_id: "p" }],
      [rest.DeleteSpansRequest, { project_id: "p", span_ids: ["s"] }],
      [rest.AnnotateSpansRequest, { project_id: "p", annotations }],
      [rest.ListAuditLogsQuery, {}],
    ];
    for (const [schema, body] of windows) {
      expect(schema.safeParse({ ...body, start_time: at, end_time: at }).success).toBe(true);
      refuses(schema, { ...body, start_time: "now", end_time: "now" }, "start_time", "end_time");
    }
  });

  it("report a partial delete as a problem with both lists", () => {
    const lists = { deleted_span_ids: ["a"], not_deleted_span_ids: [] };
    accepts(rest.DeleteSpansProblem, { title: "Service Unavailable", status: 503, ...lists });
    refuses(
      rest.DeleteSpansProblem,
      { title: "Service Unavailable", status: 503, deleted_span_ids: [] },
      "not_deleted_span_ids",
    );
    accepts(rest.DeleteSpansResponse, { completed: true, ...lists });
  });
});
