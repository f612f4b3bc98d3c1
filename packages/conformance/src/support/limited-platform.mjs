// A platform that takes 60 requests a minute of each key: what `axlab start` has no flag for. Ends with its standard input.
import { createPlatform } from "@axlab/mock-server";

const platform = await createPlatform({ seed: "demo", limits: { requestsPerMinute: 60 } });
const { url } = await platform.listen({ port: 0 });
const { keys, space } = platform.seeded;
process.stdout.write(`${JSON.stringify({ url, apiKey: keys.service, spaceId: space?.id })}\n`);
process.stdin.resume().once("end", () => void platform.close());
