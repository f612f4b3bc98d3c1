import { ValidationFailure } from "./errors.js";
import type { LogOptions } from "./log-options.js";
import { CorpusSchema, isCorpusSchema, Schema } from "./schema/schema.js";
import type { LogContext } from "./validation/context.js";
import { checkRequired } from "./validation/validate.js";
import type { RuleViolation } from "./validation/violation.js";

/**
 * The arguments of `log` as the rules see them: texts as texts, the schema with known fields only. Callers without types get
 * here with anything.
 * @throws ValidationFailure of stage `required` (`spec/ingest.md §8.1`)
 */
export function logContext(options: LogOptions): LogContext {
  const subject = `Model ${JSON.stringify(options.modelId)} cannot be logged`;
  const refuse = (violations: readonly RuleViolation[]): void => {
    if (violations.length > 0) throw new ValidationFailure(subject, "required", violations);
  };
  refuse(textProblems(options));
  const context: LogContext = {
    schema: knownSchema(options.schema, refuse),
    modelId: String(options.modelId),
    modelVersion: textOf(options.modelVersion),
    modelType: options.modelType,
    environment: options.environment,
    batchId: textOf(options.batchId),
    metrics: options.metricsValidation ?? undefined,
  };
  refuse(checkRequired(context));
  return context;
}

function knownSchema(given: unknown, refuse: (violations: readonly RuleViolation[]) => void): Schema | CorpusSchema {
  const corpus = typeof given === "object" && given !== null && isCorpusSchema(given);
  const parsed = (corpus ? CorpusSchema : Schema).safeParse(given);
  if (parsed.success) return parsed.data;
  refuse(
    parsed.error.issues.map(({ path, message }) => ({
      code: "Invalid_Schema_Type",
      field: ["schema", ...path.map(String)].join("."),
      message: `schema${path.map((part) => `.${String(part)}`).join("")}: ${message}. Fields are those of the official Schema in camelCase.`,
    })),
  );
  return {};
}

/** Names may be numbers, as in the official client; `undefined` would otherwise name a model "undefined". */
function textProblems({ modelId, modelVersion, batchId, metricsValidation }: LogOptions): RuleViolation[] {
  const given: readonly (readonly [string, unknown])[] = [
    ["modelId", modelId ?? {}],
    ["modelVersion", modelVersion],
    ["batchId", batchId],
  ];
  const problems: RuleViolation[] = given.flatMap(([field, value]) =>
    textOf(value) === undefined && value !== undefined && value !== null
      ? [{ code: "Invalid_Input_Type_Conversion", field, message: `${field} is no text; give a text or a number.` }]
      : [],
  );
  const metrics: unknown = metricsValidation;
  if (metrics !== undefined && metrics !== null && !Array.isArray(metrics))
    problems.push({ code: "Invalid_Input_Type_Conversion", field: "metricsValidation", message: 'metricsValidation is no list; give one such as ["REGRESSION"].' }); // prettier-ignore
  return problems;
}

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number" || typeof value === "bigint" ? String(value) : undefined;
