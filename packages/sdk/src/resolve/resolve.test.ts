import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { AmbiguousNameError, ResolutionError, ValidationError } from "../errors/index.js";
import { dataset, idOf, onePerPage, page, space, startApi, user } from "../testing/api.js";
import { testContext } from "../testing/context.js";
import type { TestServer } from "../testing/server.js";
import { datasetId, roleId, spaceId, userId } from "./index.js";

let server: TestServer;
beforeEach(async () => {
  server = await startApi({
    "GET /v2/spaces": onePerPage("spaces", [
      space(1, "prod copy"),
      space(2, "Prod"),
      space(3, "prod"),
      space(4, "twin"),
      space(5, "twin"),
    ]),
    "GET /v2/datasets": page("datasets", [dataset(7, "movies")]),
    "GET /v2/users": page("users", [user(1, "ann@other.com"), user(2, "Ann@x.com")]),
    "GET /v2/roles": page("roles", []),
  });
});
afterEach(() => server.close());
const context = (spaceId?: string) => testContext(server.url, { spaceId });

describe("a name", () => {
  test("is compared exactly, case included, over all pages", async () => {
    expect(await spaceId(context(), "prod", {})).toBe(idOf("Space", 3));
    expect(server.seen).toHaveLength(5);
    expect(server.seen[0]?.url).toBe("/v2/spaces?name=prod&limit=100");
  });

  test("that several have is refused with their ids", async () => {
    const error = await spaceId(context(), "twin", {}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AmbiguousNameError);
    expect(error).toMatchObject({ candidates: [idOf("Space", 4), idOf("Space", 5)] });
  });

  test("that nobody has is a ResolutionError that says how names are compared", async () => {
    await expect(spaceId(context(), "PROD", {})).rejects.toThrow(/No space named "PROD".*case included/);
    await expect(roleId(context(), "x", {})).rejects.toBeInstanceOf(ResolutionError);
  });

  test("that is empty is refused without a request", async () => {
    await expect(spaceId(context(), " ", {})).rejects.toBeInstanceOf(ValidationError);
    expect(server.seen).toHaveLength(0);
  });

  test("longer than a filter may be is cut in the filter only", async () => {
    const long = "ü".repeat(300);
    await expect(spaceId(context(), long, {})).rejects.toThrow(long);
    expect(server.seen[0]?.url).toContain(`name=${encodeURIComponent("ü".repeat(255))}&`);
  });
});

describe("an id", () => {
  test("costs no request", async () => {
    expect(await spaceId(context(), idOf("Space", 9), {})).toBe(idOf("Space", 9));
    expect(await datasetId(context(), idOf("Dataset", 9), undefined, {})).toBe(idOf("Dataset", 9));
    expect(server.seen).toHaveLength(0);
  });

  test("is told from a name that merely is base64", async () => {
    // base64 of "foo:bar", which the official clients take for an id
    await expect(spaceId(context(), "Zm9vOmJhcg==", {})).rejects.toBeInstanceOf(ResolutionError);
  });
});

describe("a scope", () => {
  test("given by name is resolved first, so that a space whose name merely contains it does not count", async () => {
    expect(await datasetId(context(), "movies", "prod", {})).toBe(idOf("Dataset", 7));
    expect(server.seen.at(-1)?.url).toBe(
      `/v2/datasets?name=movies&space_id=${encodeURIComponent(idOf("Space", 3))}&limit=100`,
    );
  });

  test("defaults to the client's space", async () => {
    await datasetId(context(idOf("Space", 5)), "movies", undefined, {});
    expect(server.seen[0]?.url).toContain(`space_id=${encodeURIComponent(idOf("Space", 5))}`);
  });

  test("that is missing is said to be, with the three ways to give it", async () => {
    await expect(datasetId(context(), "movies", undefined, {})).rejects.toThrow(
      /space: name one here, as spaceId of the client, or in ARIZE_SPACE_ID/,
    );
  });
});

describe("a user", () => {
  test("is found by e-mail address in any case, exactly", async () => {
    expect(await userId(context(), "ANN@X.com", {})).toBe(idOf("User", 2));
  });
  test("cannot be given by display name", async () => {
    await expect(userId(context(), "Ann", {})).rejects.toThrow(/neither the id nor the e-mail address/);
    expect(server.seen).toHaveLength(0);
  });
});
