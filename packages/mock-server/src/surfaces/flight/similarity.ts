import { timestampMs, type SimilaritySearchParams, type SimilaritySearchParams_Reference } from "@axlab/wire/flight";
import type { Reference, SimilaritySearch } from "../../domain/records/similarity.js";
import { InvalidRequestError } from "../../errors.js";

const MOST_REFERENCES = 10;
const FIELD = "similaritySearchParams";

/** The rules of `spec/flight.md §4.2`. @throws InvalidRequestError naming the field and what would be right */
export function similaritySearchOf({
  references,
  searchColumnName,
  threshold,
}: SimilaritySearchParams): SimilaritySearch {
  if (searchColumnName === "")
    throw new InvalidRequestError(`${FIELD}.searchColumnName: missing; name the embedding to look through.`);
  if (references.length < 1 || references.length > MOST_REFERENCES)
    throw new InvalidRequestError(`${FIELD}.references: ${references.length} are given; send 1 to ${MOST_REFERENCES}.`);
  if (!(threshold >= -1 && threshold <= 1))
    throw new InvalidRequestError(`${FIELD}.threshold: ${threshold} is no cosine; send a number from -1 to 1.`);
  return { column: searchColumnName, references: references.map(referenceOf), threshold };
}

function referenceOf(reference: SimilaritySearchParams_Reference, index: number): Reference {
  const { predictionId, referenceColumnName, predictionTimestamp, vector } = reference;
  if (vector.length > 0) return { vector };
  const missing = predictionId === "" ? "predictionId" : referenceColumnName === "" ? "referenceColumnName" : null;
  if (missing !== null)
    throw new InvalidRequestError(
      `${FIELD}.references[${index}].${missing}: missing; a reference names a record and its embedding.`,
    );
  return {
    id: predictionId,
    column: referenceColumnName,
    ms: predictionTimestamp === undefined ? null : timestampMs(predictionTimestamp),
  };
}
