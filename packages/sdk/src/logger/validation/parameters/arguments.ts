import { ModelType, Environment } from "../../model-types.js";
import type { LogContext } from "../context.js";
import type { RuleViolation } from "../violation.js";

/** Model id, version, type, environment and batch id (`spec/ingest.md §8.2`). */
export function argumentRules(context: LogContext): RuleViolation[] {
  const violations: RuleViolation[] = [];
  if (isBlank(context.modelId))
    violations.push({
      code: "Invalid_Model_ID",
      field: "modelId",
      message: "modelId is blank; give the model's name.",
    });
  if (context.modelVersion !== undefined && isBlank(context.modelVersion))
    violations.push({
      code: "Invalid_Model_Version",
      field: "modelVersion",
      message: "modelVersion is blank; give a version or leave it out.",
    });
  if (!Object.hasOwn(ModelType, context.modelType))
    violations.push({
      code: "Invalid_Model_Type",
      field: "modelType",
      message: `modelType is ${JSON.stringify(context.modelType)}; it must be one of ${Object.keys(ModelType).join(", ")}.`,
    });
  if (!Object.hasOwn(Environment, context.environment))
    violations.push({
      code: "Invalid_Environment",
      field: "environment",
      message: `environment is ${JSON.stringify(context.environment)}; it must be one of ${Object.keys(Environment).join(", ")}. Spans are logged with logSpans.`,
    });
  if (context.environment === "VALIDATION" && isBlank(context.batchId ?? ""))
    violations.push({
      code: "Invalid_Batch_ID",
      field: "batchId",
      message:
        "The VALIDATION environment needs a batchId that is not blank; it tells one validation run from another.",
    });
  return violations;
}

const isBlank = (text: string): boolean => text.trim() === "";
