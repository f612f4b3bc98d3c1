import { Vector, type DataType } from "apache-arrow";
import type { Core } from "../../core.js";
import { InvalidRequestError } from "../../errors.js";
import { findRecords } from "./export/lookup.js";
import type { Predicate } from "./export/predicate.js";
import { TIME_COLUMN } from "./time-column.js";

/** Which records an export is to be like (`spec/flight.md §4.2`). */
export interface SimilaritySearch {
  /** the embedding to look through, by its name or as its vectors' column is called in an export */
  column: string;
  references: readonly Reference[];
  /** from -1 to 1: the least cosine of a vector and the reference that is nearest to it */
  threshold: number;
}

/** A vector to compare with: of a record of the same environment, or as it is. */
export type Reference = { id: string; column: string; ms: number | null } | { vector: readonly number[] };

/** A search whose references were looked up. */
export interface Similarity {
  column: string;
  vectors: readonly ArrayLike<number>[];
  threshold: number;
}

const VECTORS = "__embVector";
const vectorColumn = (name: string): string => (name.endsWith(VECTORS) ? name : name + VECTORS);
const FIELD = "similaritySearchParams";

/** Where references lie, and as of which upload. */
interface Where {
  projectId: string;
  environment: string;
  upTo: number;
}

/** @throws InvalidRequestError naming the reference that is of no record, or of one without such a vector */
export async function lookUp(
  core: Core,
  where: Where,
  { column, references, threshold }: SimilaritySearch,
): Promise<Similarity> {
  const vectors: ArrayLike<number>[] = [];
  for (const [index, reference] of references.entries()) {
    const at = `${FIELD}.references[${index}]`;
    const vector = "vector" in reference ? reference.vector : await vectorOf(core, where, { ...reference, at });
    if (!(lengthOf(vector) > 0))
      throw new InvalidRequestError(`${at}: its vector has no direction; name another record.`);
    vectors.push(vector);
  }
  return { column: vectorColumn(column), vectors, threshold };
}

async function vectorOf(
  core: Core,
  { projectId, environment, upTo }: Where,
  { id, column, ms, at }: { id: string; column: string; ms: number | null; at: string },
): Promise<ArrayLike<number>> {
  const find = async (name: string): Promise<Map<string, unknown>> =>
    findRecords(core, projectId, environment, [id], name, upTo);
  const found = await find(vectorColumn(column));
  if (!found.has(id))
    throw new InvalidRequestError(`${at}.predictionId: there is no record "${id}" among those of ${environment}.`);
  const numbers = numbersIn(found.get(id));
  if (numbers === null)
    throw new InvalidRequestError(
      `${at}.referenceColumnName: the record "${id}" has no vector "${column}"; name an embedding that it has.`,
    );
  const time = ms === null ? null : (await find(TIME_COLUMN)).get(id);
  if (typeof time === "number" && Math.floor(time / 1000) !== Math.floor((ms ?? 0) / 1000))
    throw new InvalidRequestError(
      `${at}.predictionTimestamp: the record "${id}" is of ${new Date(time).toISOString()}; send that, or leave it out.`,
    );
  return numbers;
}

/** Rounding of a cosine: a vector is as similar as can be to itself. */
const ROUNDING = 1e-9;

/** @throws InvalidRequestError when no record of the range has such an embedding */
export function similarRows(
  { column, vectors, threshold }: Similarity,
  available: ReadonlyMap<string, DataType>,
): Predicate {
  if (!available.has(column)) {
    const there = [...available.keys()].filter((name) => name.endsWith(VECTORS));
    const shown = there.length === 0 ? "no record has a vector" : `there are: ${there.slice(0, 30).join(", ")}`;
    throw new InvalidRequestError(
      `${FIELD}.searchColumnName: there is no embedding "${column.slice(0, -VECTORS.length)}" in this range; ${shown}.`,
    );
  }
  const least = threshold - ROUNDING;
  const references = vectors.map((vector) => ({ vector, length: lengthOf(vector) }));
  return {
    columns: [column],
    holds: (row) => {
      const vector = numbersIn(row(column));
      if (vector === null) return false;
      const length = lengthOf(vector);
      return references.some(
        (one) => one.vector.length === vector.length && dot(one.vector, vector) / (one.length * length) >= least,
      );
    },
  };
}

const numbersIn = (cell: unknown): ArrayLike<number> | null => {
  const numbers: unknown = cell instanceof Vector ? cell.toArray() : null;
  return numbers instanceof Float64Array || numbers instanceof Float32Array ? numbers : null;
};

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

const lengthOf = (vector: ArrayLike<number>): number => Math.sqrt(dot(vector, vector));
