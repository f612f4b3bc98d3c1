import { chromium, type Browser } from "playwright-core";

/** Debian's Chromium, which asks nobody outside for anything. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["AXLAB_CHROMIUM"] ?? "/usr/bin/chromium",
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
