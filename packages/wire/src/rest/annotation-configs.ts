import * as z from "zod";
import { pageOf } from "../pagination.js";
import { Rfc3339 } from "../timestamps.js";
import { Id, listOf, nameField, patchBody, requestBody, spaceScopedQuery } from "./fields.js";

export const OptimizationDirection = z.enum(["MAXIMIZE", "MINIMIZE", "NONE"]).meta({ id: "OptimizationDirection" });
export type OptimizationDirection = z.infer<typeof OptimizationDirection>;

const configFields = { id: Id, name: z.string(), space_id: Id, created_at: Rfc3339 };

/** One label of a categorical config. */
export const CategoricalAnnotationValue = z
  .strictObject({ label: z.string(), score: z.number().optional() })
  .meta({ id: "CategoricalAnnotationValue" });
export type CategoricalAnnotationValue = z.infer<typeof CategoricalAnnotationValue>;

const ContinuousConfig = z
  .strictObject({
    ...configFields,
    type: z.literal("CONTINUOUS"),
    minimum_score: z.number(),
    maximum_score: z.number(),
    optimization_direction: OptimizationDirection,
  })
  .meta({ id: "ContinuousAnnotationConfig" });
const CategoricalConfig = z
  .strictObject({
    ...configFields,
    type: z.literal("CATEGORICAL"),
    values: z.array(CategoricalAnnotationValue),
    optimization_direction: OptimizationDirection,
  })
  .meta({ id: "CategoricalAnnotationConfig" });
const FreeformConfig = z
  .strictObject({ ...configFields, type: z.literal("FREEFORM") })
  .meta({ id: "FreeformAnnotationConfig" });

/** An annotation config (spec/rest.md §3.14). Answers name the discriminator `type`, requests `annotation_config_type`. */
export const AnnotationConfig = z
  .discriminatedUnion("type", [ContinuousConfig, CategoricalConfig, FreeformConfig])
  .meta({ id: "AnnotationConfig" });
export type AnnotationConfig = z.infer<typeof AnnotationConfig>;

export const AnnotationConfigPage = pageOf("annotation_configs", AnnotationConfig).meta({ id: "AnnotationConfigPage" });
export type AnnotationConfigPage = z.infer<typeof AnnotationConfigPage>;

const continuous = z.literal("CONTINUOUS");
const categorical = z.literal("CATEGORICAL");
const freeform = z.literal("FREEFORM");
const Label = requestBody({ label: nameField(), score: z.number().optional() }).meta({
  id: "CategoricalAnnotationValueInput",
});
const Labels = listOf(Label, 2, 100, ({ label }) => label);

const newConfig = { name: nameField(), space_id: Id };
export const CreateAnnotationConfigRequest = z
  .discriminatedUnion("annotation_config_type", [
    requestBody({
      annotation_config_type: continuous,
      ...newConfig,
      minimum_score: z.number(),
      maximum_score: z.number(),
      optimization_direction: OptimizationDirection.default("NONE"),
    }).meta({ id: "CreateContinuousAnnotationConfigRequest" }),
    requestBody({
      annotation_config_type: categorical,
      ...newConfig,
      values: Labels,
      optimization_direction: OptimizationDirection.default("NONE"),
    }).meta({ id: "CreateCategoricalAnnotationConfigRequest" }),
    requestBody({ annotation_config_type: freeform, ...newConfig }).meta({
      id: "CreateFreeformAnnotationConfigRequest",
    }),
  ])
  .meta({ id: "CreateAnnotationConfigRequest" });
export type CreateAnnotationConfigRequest = z.input<typeof CreateAnnotationConfigRequest>;

const rename = { name: nameField().optional() };
const score = z.number().optional();
const direction = OptimizationDirection.optional();
/** `annotation_config_type` repeats the stored type; `values` replaces the whole set. */
export const UpdateAnnotationConfigRequest = z
  .discriminatedUnion("annotation_config_type", [
    patchBody(
      {
        annotation_config_type: continuous,
        ...rename,
        minimum_score: score,
        maximum_score: score,
        optimization_direction: direction,
      },
      ["name", "minimum_score", "maximum_score", "optimization_direction"],
    ).meta({ id: "UpdateContinuousAnnotationConfigRequest" }),
    patchBody(
      { annotation_config_type: categorical, ...rename, values: Labels.optional(), optimization_direction: direction },
      ["name", "values", "optimization_direction"],
    ).meta({ id: "UpdateCategoricalAnnotationConfigRequest" }),
    patchBody({ annotation_config_type: freeform, ...rename }, ["name"]).meta({
      id: "UpdateFreeformAnnotationConfigRequest",
    }),
  ])
  .meta({ id: "UpdateAnnotationConfigRequest" });
export type UpdateAnnotationConfigRequest = z.input<typeof UpdateAnnotationConfigRequest>;

export const ListAnnotationConfigsQuery = spaceScopedQuery;
export type ListAnnotationConfigsQuery = z.input<typeof ListAnnotationConfigsQuery>;

export const AnnotationConfigPath = z.object({ annotation_config_id: Id });
