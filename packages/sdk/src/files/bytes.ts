import { createReadStream, createWriteStream, rmSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";

import { ConnectionError, ValidationError } from "../errors/index.js";
import type { ByteStream } from "./source.js";

/** A file on this machine's disk. */
export interface LocalFile {
  readonly path: string;
  readonly size: number;
}

/** Where a file's bytes come from. */
export interface Bytes {
  /** For messages: the path, or the URL without its query, which may hold a signature. */
  readonly name: string;
  /** From the first byte to the last. A given stream can be read once, unless `local` was called before. */
  read(): AsyncIterable<Uint8Array>;
  /** The file itself, or, for formats that are read from their end, a temporary copy. */
  local(): Promise<LocalFile>;
  /** Removes the temporary copy. */
  close(): Promise<void>;
}

/** @throws ValidationError when a path names no file, or a URL has another scheme */
export async function openBytes(file: string | URL | ByteStream): Promise<Bytes> {
  if (typeof file !== "string" && !(file instanceof URL)) return remote("the stream", once(file));
  const url = file instanceof URL ? file : URL.canParse(file) && /^[a-z]{2,}:/i.test(file) ? new URL(file) : undefined;
  if (url === undefined) return onDisk(String(file));
  if (url.protocol === "file:") return onDisk(fileURLToPath(url));
  if (url.protocol === "http:" || url.protocol === "https:")
    return remote(`${url.origin}${url.pathname}`, () => download(url));
  throw unreadable(url.protocol, `is no scheme that is read; use a path, or a file:, http: or https: URL`);
}

async function onDisk(path: string): Promise<Bytes> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error instanceof Error ? error.message : "cannot be read");
  });
  if (!found.isFile()) throw unreadable(path, "is not a file");
  return {
    name: path,
    read: () => createReadStream(path, { highWaterMark: CHUNK }),
    local: () => Promise.resolve({ path, size: found.size }),
    close: () => Promise.resolve(),
  };
}

const CHUNK = 256 * 1024;

/** Bytes that are not on the disk; copied there for readers that must seek. */
function remote(name: string, read: () => AsyncIterable<Uint8Array>): Bytes {
  let copy: Promise<LocalFile> | undefined;
  return {
    name,
    async *read() {
      if (copy === undefined) yield* read();
      else yield* createReadStream((await copy).path, { highWaterMark: CHUNK });
    },
    local: () => (copy ??= spool(name, read())),
    async close() {
      if (copy !== undefined) await rm(join((await copy).path, ".."), { recursive: true, force: true });
    },
  };
}

const spooled = new Set<string>();

async function spool(name: string, bytes: AsyncIterable<Uint8Array>): Promise<LocalFile> {
  const folder = await mkdtemp(join(tmpdir(), "axlab-file-"));
  // A process that ends in the middle leaves nothing behind.
  if (spooled.size === 0) process.once("exit", () => spooled.forEach((path) => rmSync(path, { recursive: true, force: true }))); // prettier-ignore
  spooled.add(folder);
  const path = join(folder, basename(name) || "file");
  await pipeline(bytes, createWriteStream(path));
  return { path, size: (await stat(path)).size };
}

async function* download(url: URL): AsyncGenerator<Uint8Array> {
  const facts = { method: "GET", path: url.pathname };
  const response = await fetch(url).catch((error: unknown) => {
    const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
    throw new ConnectionError(`Could not reach ${url.origin}: ${cause instanceof Error ? cause.message : ""}`, facts);
  });
  if (!response.ok || response.body === null)
    throw unreadable(`${url.origin}${url.pathname}`, `was answered ${response.status} ${response.statusText}`.trim());
  try {
    yield* chunksOf(response.body);
  } catch {
    throw new ConnectionError(`The download of ${url.origin}${url.pathname} was cut off`, facts);
  }
}

function once(stream: ByteStream): () => AsyncIterable<Uint8Array> {
  let taken = false;
  return () => {
    if (taken) throw unreadable("the stream", "has been read already; a stream can be read once");
    taken = true;
    return chunksOf(stream);
  };
}

async function* chunksOf(stream: ByteStream): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  // boundary: Node's web streams are async iterables, whatever the DOM types say.
  for await (const chunk of stream as AsyncIterable<Uint8Array | string>)
    yield typeof chunk === "string" ? encoder.encode(chunk) : chunk;
}

const unreadable = (name: string, message: string): ValidationError =>
  new ValidationError("The file cannot be read", [{ path: name, message }]);
