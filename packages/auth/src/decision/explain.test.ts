import { describe, expect, it } from "vitest";
import { PERMISSIONS } from "../permissions.js";
import type { ResourceRef } from "../resource.js";
import { account, organization, project, space } from "../testing/fixtures.js";
import { explainDenial } from "./explain.js";
import type { Requirement } from "./types.js";

const explain = (missing: Requirement, resource: ResourceRef) =>
  explainDenial({ allowed: false, reason: "forbidden", missing, resource });

describe("explainDenial", () => {
  it.each<[Requirement, ResourceRef, string]>([
    [
      "DATASET_CREATE",
      space(),
      "This key may not create datasets: it lacks DATASET_CREATE on space space; the managed role Space Member holds it.",
    ],
    [
      "DATASET_EXAMPLE_READ",
      space(),
      "This key may not read dataset examples: it lacks DATASET_EXAMPLE_READ on space space; the managed role Space Read-Only holds it.",
    ],
    [
      "PROJECT_SPAN_ANNOTATE",
      space(),
      "This key may not annotate project spans: it lacks PROJECT_SPAN_ANNOTATE on space space; the managed role Space Annotator holds it.",
    ],
    [
      "PROJECT_DELETE",
      project(),
      "This key may not delete projects: it lacks PROJECT_DELETE on project project; the managed role Space Member holds it.",
    ],
    [
      "PROJECT_DELETE",
      project({ isRestricted: true }),
      "This key may not delete projects: it lacks PROJECT_DELETE on project project; the managed role Project Admin holds it.",
    ],
    [
      "PROJECT_SPAN_CREATE",
      project({ isRestricted: true }),
      "This key may not create project spans: it lacks PROJECT_SPAN_CREATE on project project; the managed role Project Editor holds it.",
    ],
    [
      "DATASET_READ",
      project({ isRestricted: true }),
      "This key may not read datasets: it lacks DATASET_READ on project project.",
    ],
    [
      "ORGANIZATION_CREATE",
      account,
      "This key may not create organizations: it lacks ORGANIZATION_CREATE on account account; the managed role Account Admin holds it.",
    ],
    [
      "SPACE_CREATE",
      organization,
      "This key may not create spaces: it lacks SPACE_CREATE on organization organization; the managed role Organization Member holds it.",
    ],
    [
      "USER_PERMISSION_UPDATE",
      account,
      "This key may not update user permissions: it lacks USER_PERMISSION_UPDATE on account account; the managed role Account Admin holds it.",
    ],
    [
      "LLM_INTEGRATION_CREATE",
      space(),
      "This key may not create LLM integrations: it lacks LLM_INTEGRATION_CREATE on space space; the managed role Space Member holds it.",
    ],
    [
      "AI_PROVIDER_READ",
      space(),
      "This key may not read AI providers: it lacks AI_PROVIDER_READ on space space; the managed role Space Read-Only holds it.",
    ],
    [
      "ML_MODEL_READ",
      space(),
      "This key may not read ML models: it lacks ML_MODEL_READ on space space; the managed role Space Read-Only holds it.",
    ],
    [
      "USER_READ",
      account,
      "This key may not read users: it lacks USER_READ on account account; the managed role Account Member holds it.",
    ],
    [
      "ALYX_RUN",
      space(),
      "This key may not run Alyx: it lacks ALYX_RUN on space space; the managed role Space Member holds it.",
    ],
    [
      "AUTHENTICATED",
      account,
      "This key may not do that on account account: it needs to act as a principal of this account.",
    ],
    [
      "ACCOUNT_MEMBER",
      account,
      "This key may not do that on account account: it needs to act as a member of the account, which an annotator is not.",
    ],
    ["ACCOUNT_ADMIN", account, "This key may not do that on account account: it needs to act as an account admin."],
    [
      "ORGANIZATION_ADMIN",
      organization,
      "This key may not do that on organization organization: it needs to act as an organization admin or an account admin.",
    ],
    [
      "SPACE_ADMIN",
      space(),
      "This key may not do that on space space: it needs to act as a space admin, an organization admin or an account admin.",
    ],
  ])("%s on %o", (missing, resource, text) => {
    expect(explain(missing, resource)).toBe(text);
  });

  it("names every permission and the resource's own id", () => {
    for (const permission of PERMISSIONS) {
      expect(explain(permission, { ...space(), spaceId: "U3BhY2U6MTphQmNE" })).toContain(
        `it lacks ${permission} on space U3BhY2U6MTphQmNE`,
      );
    }
  });
});
