import { isNamed, lengthProblem, mapProblems, memberProblems, nameProblems, problem } from "./problems.js";
import type { Problem } from "./problems.js";
import type { Embedding, StreamRecord } from "./record.js";

const MOST_EMBEDDINGS = 30;
const MOST_RAW_DATA = 2_000_000;

/** Rules about embeddings, and the prompt and response that travel as such (`spec/ingest.md §8.5`). */
export function* embeddingProblems(record: StreamRecord): Generator<Problem> {
  const { embeddingFeatures, modelType } = record;
  yield* mapProblems("embeddingFeatures", embeddingFeatures);
  const entries = isNamed(embeddingFeatures) ? Object.entries(embeddingFeatures) : [];
  const labelled = record.predictionLabel !== undefined || record.actualLabel !== undefined;
  const isVision = modelType === "OBJECT_DETECTION" && labelled;
  if (entries.length > MOST_EMBEDDINGS || (isVision && entries.length !== 1))
    yield problem(
      "Invalid_Number_Of_Embeddings",
      "embeddingFeatures",
      isVision
        ? `holds ${entries.length}; a label of an OBJECT_DETECTION model needs exactly 1, of the image.`
        : `holds ${entries.length}; at most ${MOST_EMBEDDINGS} are allowed.`,
    );
  for (const [name, embedding] of entries) {
    yield* nameProblems("embeddingFeatures", name);
    if (modelType === "GENERATIVE_LLM" && (name === "prompt" || name === "response"))
      yield problem("Reserved_Embedding", `embeddingFeatures.${name}`, `is a reserved name; give it as ${name}.`);
    yield* oneEmbedding(`embeddingFeatures.${name}`, embedding);
  }
  for (const field of ["prompt", "response"] as const) {
    const given = record[field];
    if (given === undefined) continue;
    if (modelType !== "GENERATIVE_LLM")
      yield problem("Invalid_Prompt_Response", field, "only belongs to GENERATIVE_LLM models; leave it out.");
    else if (typeof given === "string") yield* lengthProblem(field, given, 0, MOST_RAW_DATA);
    else yield* oneEmbedding(field, given);
  }
}

function* oneEmbedding(field: string, embedding: Embedding): Generator<Problem> {
  if (!isNamed(embedding)) {
    yield problem("Invalid_Embedding", field, "is no object; give { vector, data?, linkToData? }.");
    return;
  }
  yield* memberProblems(field, embedding, ["vector", "data", "linkToData"]);
  const { vector, data, linkToData } = embedding;
  if (vector !== undefined && !(Array.isArray(vector) || ArrayBuffer.isView(vector)))
    yield problem("Invalid_Vector", `${field}.vector`, "is no list; give an array or typed array of numbers.");
  else if (vector?.length === 1)
    yield problem("Invalid_Vector", `${field}.vector`, "has one dimension; a vector has none or at least two.");
  // The platform drops what a vector with NaN comes in (§8.4), so it is refused here too.
  else if (vector !== undefined && !Array.from(vector).every((item) => Number.isFinite(item)))
    yield problem("Invalid_Vector", `${field}.vector`, "holds something that is no finite number.");
  const texts: unknown = data === undefined ? [] : typeof data === "string" ? [data] : data;
  if (!Array.isArray(texts) || !texts.every((text) => typeof text === "string"))
    yield problem("Invalid_Raw_Data", `${field}.data`, "must be a text or a list of texts.");
  else yield* lengthProblem(`${field}.data`, texts.join(""), 0, MOST_RAW_DATA);
  if (linkToData !== undefined && typeof linkToData !== "string")
    yield problem("Invalid_Link", `${field}.linkToData`, "must be a text.");
}
