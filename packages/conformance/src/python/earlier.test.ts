import { afterAll } from "vitest";
import { startPlatform } from "../support/platform.js";
import { describePython } from "../support/python.js";

// Skipped unless AXLAB_PYTHON_EARLIER names an interpreter (docs/client-versions.md): CI runs the pinned clients.
const platform = await startPlatform();
afterAll(platform.stop);
await describePython("earlier", "v8_0.py", platform);
