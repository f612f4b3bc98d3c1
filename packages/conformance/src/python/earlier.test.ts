import { afterAll, describe, it } from "vitest";
import { startPlatform } from "../support/platform.js";
import { describePython } from "../support/python.js";

// CI runs the pinned clients. A platform is started only where there is something to ask it: hooks of a file without tests do not run.
if (process.env["AXLAB_PYTHON_EARLIER"] === undefined) {
  describe.skip("arize (Python) 8.0", () => {
    it("needs AXLAB_PYTHON_EARLIER (docs/client-versions.md)", () => undefined);
  });
} else {
  const platform = await startPlatform();
  afterAll(platform.stop);
  await describePython("earlier", "v8_0.py", platform);
}
