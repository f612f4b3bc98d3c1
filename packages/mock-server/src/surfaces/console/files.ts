import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, type Dirent } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { ConfigurationError } from "../../errors.js";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".woff2": "font/woff2",
  ".png": "image/png",
  ".ico": "image/x-icon",
};
const COMPRESSED = /\.(html|js|css|svg|json)$/;
/** In index.html this stands where the nonce of a response goes: it lets the component library add its own style sheet and nobody else. */
const NONCE = "__CSP_NONCE__";
const compress = promisify(gzip);

/** The console as it was built: static files, read once. Nothing is looked up on the disk by what a request says. */
export class ConsoleFiles {
  readonly #files = new Map<string, Buffer>();
  readonly #compressed = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  readonly #page: string;

  /** @throws ConfigurationError when the directory holds no built console */
  constructor(directory: string) {
    for (const entry of entriesOf(directory)) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      this.#files.set(`/${relative(directory, path).split(sep).join("/")}`, readFileSync(path));
    }
    const page = this.#files.get("/index.html");
    if (page === undefined)
      throw new ConfigurationError(`There is no built console in ${directory}: it has no index.html.`);
    this.#page = page.toString("utf8");
    this.#files.delete("/index.html");
  }

  /** The page that every address of the console begins with. */
  page(): Response {
    const nonce = randomBytes(16).toString("base64");
    const headers = {
      "content-type": TYPES[".html"] ?? "",
      "cache-control": "no-store",
      "content-security-policy": policy(nonce),
      ...HARDENED,
    };
    return new Response(this.#page.replaceAll(NONCE, nonce), { headers });
  }

  /** @returns null when the console has no such file */
  async file(path: string, acceptEncoding: string): Promise<Response | null> {
    const bytes = this.#files.get(path);
    if (bytes === undefined) return null;
    const headers = new Headers({
      "content-type": TYPES[extname(path)] ?? "application/octet-stream",
      // The build puts a hash of the content into the names of scripts; style sheets lose unused rules after they were named.
      "cache-control": /^\/assets\/.*\.js$/.test(path) ? "public, max-age=31536000, immutable" : "no-cache",
      vary: "accept-encoding",
      ...HARDENED,
    });
    if (!COMPRESSED.test(path) || !/\bgzip\b/.test(acceptEncoding))
      return new Response(new Uint8Array(bytes), { headers });
    headers.set("content-encoding", "gzip");
    return new Response(await this.#gzip(path, bytes), { headers });
  }

  #gzip(path: string, bytes: Buffer): Promise<Uint8Array<ArrayBuffer>> {
    const known = this.#compressed.get(path);
    if (known !== undefined) return known;
    const made = compress(bytes, { level: 9 }).then((compressed) => new Uint8Array(compressed));
    this.#compressed.set(path, made);
    return made;
  }
}

const HARDENED = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true });
  } catch (error) {
    throw new ConfigurationError(
      `The console's files cannot be read from ${directory}: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}
