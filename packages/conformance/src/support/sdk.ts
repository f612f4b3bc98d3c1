import { ApiError, ArizeClient } from "@axlab/sdk";
import { expect } from "vitest";
import type { Contract } from "./platform.js";

/** Outermost `describe` of the suites of our own SDK. */
export const AXLAB_SDK = "@axlab/sdk (this repository)";

export const sdkOf = (platform: Contract, apiKey: string): ArizeClient =>
  new ArizeClient({ apiKey, baseUrl: platform.url, spaceId: platform.space.id, maxRetries: 0 });

export const sdkClients = (platform: Contract): Record<keyof Contract["keys"], ArizeClient> => ({
  admin: sdkOf(platform, platform.keys.admin),
  member: sdkOf(platform, platform.keys.member),
  readOnly: sdkOf(platform, platform.keys.readOnly),
  service: sdkOf(platform, platform.keys.service),
});

/** Expects an `ApiError` with the status, a request id, and no key in anything it shows. */
export const expectApiError = async (call: Promise<unknown>, status: number, platform: Contract): Promise<void> => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status });
  const shown = `${String(error)} ${JSON.stringify(error)}`;
  expect(shown).not.toMatch(/is no operation/);
  for (const key of Object.values(platform.keys)) expect(shown).not.toContain(key);
};
