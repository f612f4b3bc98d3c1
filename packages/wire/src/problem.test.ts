import { describe, expect, it } from "vitest";
import { problem, PROBLEM_KINDS, ProblemSchema } from "./problem.js";

describe("problem documents", () => {
  it("carry the documented title and type, the detail and the path", () => {
    expect(problem(404, { detail: "No such space", instance: "/v2/spaces/x" })).toEqual({
      title: "Resource not found",
      status: 404,
      type: "https://arize.com/docs/ax/rest-reference/errors#resource-not-found",
      detail: "No such space",
      instance: "/v2/spaces/x",
    });
  });

  it("leave out what is not known, instead of writing null", () => {
    expect(Object.keys(problem(500))).toEqual(["title", "status"]);
    expect(Object.keys(problem(500, { detail: undefined, instance: undefined }))).toEqual(["title", "status"]);
  });

  it("fit their schema for every status", () => {
    for (const status of [...Object.keys(PROBLEM_KINDS).map(Number), 418, 599]) {
      const document = problem(status);
      expect(ProblemSchema.parse(document)).toEqual(document);
      expect(document.status).toBe(status);
      expect(document.title).not.toBe("");
    }
  });

  it("have no other fields", () => {
    expect(ProblemSchema.safeParse({ ...problem(400), errors: [] }).success).toBe(false);
  });
});
