import { describe, expect, it } from "vitest";
import { fieldsHiddenFrom, readClientVersion } from "./client-version.js";

const python = (version: string) => ({ language: "python", version });

describe("fields hidden from older clients", () => {
  it("hides the three new fields from Python up to 8.42.0", () => {
    for (const version of ["8.42.0", "8.41.9", "8.0.0", "7.51.2", "8.42", "8.42.0b1"]) {
      expect(fieldsHiddenFrom(python(version), "Space"), version).toEqual(["is_private"]);
      expect(fieldsHiddenFrom(python(version), "Experiment")).toEqual(["space_id"]);
      expect(fieldsHiddenFrom(python(version), "TaskEvaluator")).toEqual(["evaluator_version_id"]);
    }
  });

  it("hides them from a Python client that does not say its version", () => {
    for (const version of ["", "dev", "build 9.0.0"])
      expect(fieldsHiddenFrom(python(version), "Space")).toEqual(["is_private"]);
  });

  it.each(["8.42.1", "8.43.0", "8.43", "9.0.0", "10.0.0"])("hides nothing from Python %s", (version) => {
    expect(fieldsHiddenFrom(python(version), "Space")).toEqual([]);
  });

  it("hides nothing from other clients", () => {
    for (const client of [
      null,
      undefined,
      { language: "javascript", version: "1.25.0" },
      { language: "go", version: "0.22.0" },
    ]) {
      expect(fieldsHiddenFrom(client, "Experiment")).toEqual([]);
    }
  });
});

describe("the caller's version", () => {
  it("is read from the sdk headers", () => {
    const headers = new Headers({ "SDK-Language": "Python", "sdk-version": " 8.42.0 " });
    expect(readClientVersion((name) => headers.get(name))).toEqual(python("8.42.0"));
  });

  it("is an unknown one of Python for its generated client that sends no sdk headers, as up to 8.20", () => {
    const headers = new Headers({ "user-agent": "OpenAPI-Generator/1.0.0/python" });
    expect(readClientVersion((name) => headers.get(name))).toEqual(python(""));
    headers.set("user-agent", "OpenAPI-Generator/1.0.0/ruby");
    expect(readClientVersion((name) => headers.get(name))).toBeNull();
  });

  it("is unknown without a language", () => {
    expect(readClientVersion(() => undefined)).toBeNull();
    expect(readClientVersion((name) => (name === "sdk-version" ? "1" : " "))).toBeNull();
  });
});
