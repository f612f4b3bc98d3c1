import {
  APIError,
  AuthenticationError,
  AuthorizationError,
  BadRequestError,
  createClient,
  getMergedOptions,
  handleApiError,
  listSpaces,
  NotFoundError,
} from "@arizeai/ax-client";
import { afterAll, describe, expect, it } from "vitest";
import { AX_CLIENT } from "../support/ax-client.js";
import { startPlatform } from "../support/platform.js";

const platform = await startPlatform();
afterAll(platform.stop);
const apiKey = platform.keys.member;
const names = async (client: ReturnType<typeof createClient>): Promise<string[]> =>
  (await listSpaces({ client })).data.map(({ name }) => name);

describe(AX_CLIENT, () => {
  describe("createClient", () => {
    it("createClient: reaches the platform by the variables a user would set", async () => {
      const before = { ...process.env };
      Object.assign(process.env, { ARIZE_API_KEY: apiKey, ARIZE_BASE_URL: platform.url });
      try {
        expect(await names(createClient())).toContain(platform.space.name);
        expect((await listSpaces()).data.map(({ id }) => id)).toContain(platform.space.id);
      } finally {
        process.env = before;
      }
    });
    it("createClient: a slash at the end of the URL, and headers of one's own", async () => {
      const baseUrl = `${platform.url.replace(/\/$/, "")}/`;
      expect(await names(createClient({ apiKey, baseUrl, defaultHeaders: { "x-mine": "1" } }))).toContain(
        platform.space.name,
      );
    });
    it("getMergedOptions: options go before variables", () => {
      const getEnvironmentOptions = () => ({ apiKey: "of the environment", baseUrl: "http://there" });
      expect(getMergedOptions({ apiKey, getEnvironmentOptions })).toMatchObject({ apiKey, baseUrl: "http://there" });
    });
    it("handleApiError: each status its class", async () => {
      const client = createClient({ apiKey: "ak-nobody", baseUrl: platform.url });
      const answer = await client.GET("/v2/spaces", { params: { query: {} } });
      expect(answer.error).toMatchObject({ status: 401, title: "Authentication required" });
      expect(() => handleApiError(answer as Parameters<typeof handleApiError>[0])).toThrow(AuthenticationError);
      const classes = [
        ...([
          [400, BadRequestError],
          [403, AuthorizationError],
          [404, NotFoundError],
        ] as const),
        ...([
          [409, APIError],
          [422, APIError],
          [429, APIError],
        ] as const),
      ];
      for (const [status, type] of classes)
        expect(() => handleApiError({ ...answer, error: { status, title: "t" } })).toThrow(type);
    });
  });
});
