import { ValidationError } from "../errors/index.js";

/** `arrow` is the IPC file format, or the IPC stream format in a file; `arrow-stream` is read as it arrives. */
export const FILE_FORMATS = ["parquet", "arrow", "arrow-stream", "csv", "ndjson"] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

const BY_EXTENSION: ReadonlyMap<string, FileFormat> = new Map([
  ["parquet", "parquet"],
  ["pq", "parquet"],
  ["arrow", "arrow"],
  ["feather", "arrow"],
  ["ipc", "arrow"],
  ["arrows", "arrow-stream"],
  ["csv", "csv"],
  ["tsv", "csv"],
  ["ndjson", "ndjson"],
  ["jsonl", "ndjson"],
]);

/**
 * The declared format, else the one the name's ending tells.
 * @throws ValidationError naming the endings that are known
 */
export function formatOf(name: string, declared: FileFormat | undefined): FileFormat {
  if (declared !== undefined && FILE_FORMATS.includes(declared)) return declared;
  const format = BY_EXTENSION.get(extensionOf(name));
  if (declared === undefined && format !== undefined) return format;
  if (COMPRESSED.test(name) && declared === undefined)
    throw new ValidationError(`${name} cannot be read`, [
      { path: "format", message: "is compressed, by its name; unpack the file first (gunzip, unzip, zstd -d)" },
    ]);
  throw new ValidationError(`${name} cannot be read`, [
    {
      path: "format",
      message: `${declared === undefined ? "is not told by the name's ending" : `is ${String(declared)}`}; give one of ${FILE_FORMATS.join(", ")}, or a name that ends in .${[...BY_EXTENSION.keys()].join(", .")}`,
    },
  ]);
}

const COMPRESSED = /\.(gz|gzip|zip|zst|bz2|xz|br)$/i;

export const delimiterOf = (name: string): string => (extensionOf(name) === "tsv" ? "\t" : ",");

const extensionOf = (name: string): string => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
