import { afterAll } from "vitest";
import { startPlatform } from "../support/platform.js";
import { describePython } from "../support/python.js";

const platform = await startPlatform();
afterAll(platform.stop);
await describePython("v8", "model_types.py", platform);
