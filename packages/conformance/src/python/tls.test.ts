import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { startPlatform } from "../support/platform.js";
import { describePython } from "../support/python.js";

const folder = mkdtempSync(join(tmpdir(), "axlab-tls-"));
const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
execFileSync("openssl", ["req", "-x509", ...ec, ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
const platform = await startPlatform("--tls-cert", cert, "--tls-key", key);
afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true });
});
await describePython("v7", "tls.py", platform, { AXLAB_CERTIFICATE: cert });
await describePython("v8", "tls.py", platform, { AXLAB_CERTIFICATE: cert });
