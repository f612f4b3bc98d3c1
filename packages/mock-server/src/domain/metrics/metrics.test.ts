import { describe, expect, it } from "vitest";
import { parseMetric } from "../custom-metrics/expression.js";
import { bucketOf } from "./buckets.js";
import { dataQualityOf } from "./data-quality.js";
import { driftOf } from "./drift.js";
import { performanceOf } from "./performance.js";
import type { MetricRow } from "./rows.js";

type Cells = Record<string, string | number | boolean | null>;
const rows = (...cells: Cells[]): MetricRow[] =>
  cells.map((one, index) => ({ time: index, value: (column) => one[column] ?? null }));

const numeric = (...pairs: [number, number][]) =>
  rows(
    ...pairs.map(([numericPredictionLabel, numericActualLabel]) => ({ numericPredictionLabel, numericActualLabel })),
  );
const classes = (...pairs: [string, string, number?][]) =>
  rows(
    ...pairs.map(([categoricalPredictionLabel, categoricalActualLabel, score]) => ({
      categoricalPredictionLabel,
      categoricalActualLabel,
      scorePredictionLabel: score ?? null,
    })),
  );

describe("performance", () => {
  it.each([
    ["count", 2],
    ["mae", 1.5],
    ["mse", 2.5],
    ["rmse", Math.sqrt(2.5)],
    ["meanError", 0.5],
    ["mape", (1 / 2 + 2 / 4) / 2],
    ["wape", 3 / 6],
    ["predictionAverage", 3.5],
    ["actualsAverage", 3],
    ["rSquared", 1 - 5 / 2],
  ])("%s of numbers", (metric, value) => {
    expect(performanceOf(metric, numeric([1, 2], [6, 4]))).toBeCloseTo(value, 12);
  });

  // predicted, actual: two true positives, one false positive, one false negative, one true negative
  const labelled = classes(["y", "y", 0.9], ["y", "y", 0.8], ["y", "n", 0.7], ["n", "y", 0.4], ["n", "n", 0.1]);
  it.each([
    ["accuracy", 3 / 5],
    ["precision", 2 / 3],
    ["recall", 2 / 3],
    ["f_1", 2 / 3],
    ["specificity", 1 / 2],
    ["falsePositiveRate", 1 / 2],
    ["falseNegativeRate", 1 / 3],
    ["falseNegativeDensity", 1 / 5],
    ["macroAveragedPrecision", (2 / 3 + 1 / 2) / 2],
    ["auc", 5 / 6],
  ])("%s of classes", (metric, value) => {
    expect(performanceOf(metric, labelled)).toBeCloseTo(value, 12);
  });

  it("has nothing to say of nothing, and says what it does not compute", () => {
    expect(performanceOf("mae", [])).toBeNull();
    expect(performanceOf("precision", [])).toBeNull();
    expect(() => performanceOf("ndcg", [])).toThrow(/ndcg is not computed.*accuracy/);
    expect(() => performanceOf("precision", classes(["a", "b"], ["b", "c"]))).toThrow(/positiveClassValue/);
    expect(performanceOf("precision", classes(["a", "b"], ["b", "c"], ["b", "b"]), "b")).toBe(1 / 2);
  });
});

describe("data quality and drift", () => {
  const column = rows({ x: 1 }, { x: 2 }, { x: 3 }, { x: null }, { x: 3 });
  it.each([
    ["count", 4],
    ["sum", 9],
    ["avg", 2.25],
    ["percentEmpty", 20],
    ["cardinality", 3],
    ["p50", 2.5],
  ])("%s", (metric, value) => {
    expect(dataQualityOf(metric, column, "x")).toBeCloseTo(value, 12);
  });

  it("drift is none between like samples and grows with the distance", () => {
    const sample = (shift: number) => rows(...Array.from({ length: 100 }, (_, index) => ({ x: index + shift })));
    for (const metric of ["psi", "kl", "js", "ks"]) {
      expect(driftOf(metric, sample(0), sample(0), "x")).toBeCloseTo(0, 2);
      const [near, far] = [driftOf(metric, sample(10), sample(0), "x"), driftOf(metric, sample(80), sample(0), "x")];
      expect(Number(far)).toBeGreaterThan(Number(near));
    }
    expect(driftOf("psi", [], sample(0), "x")).toBeNull();
    expect(driftOf("psi", rows({ x: "a" }), rows({ x: "a" }, { x: "b" }), "x")).toBeGreaterThan(0);
  });
});

it("buckets begin where hours, days, Mondays and months do", () => {
  const at = Date.parse("2026-11-26T11:22:33Z");
  const start = (granularity: "hour" | "day" | "week" | "month") => new Date(bucketOf(at, granularity)).toISOString();
  expect([start("hour"), start("day"), start("week"), start("month")]).toEqual([
    "2026-11-26T11:00:00.000Z",
    "2026-11-26T00:00:00.000Z",
    "2026-11-23T00:00:00.000Z",
    "2026-11-01T00:00:00.000Z",
  ]);
});

describe("custom metrics", () => {
  const data = rows({ a: 1, state: "CA" }, { a: 3, state: "NY" }, { a: 5, state: "CA" }, { a: null, state: null });
  it.each([
    ["SELECT COUNT(*) FROM model", 4],
    ["select count(state) from model", 3],
    ["SELECT SUM(a) / COUNT(*) FROM model", 9 / 4],
    ["SELECT AVG(a * 2 + 1) FROM model WHERE state = 'CA'", 7],
    ["SELECT 1 - (MAX(a) - MIN(a)) FROM model", -3],
    ["SELECT COUNT(*) FILTER (WHERE state = 'CA' AND (a > 1)) / COUNT(*) FROM model", 1 / 4],
    ["SELECT SUM(CASE WHEN state = 'CA' THEN 1 WHEN a > 2 THEN 10 ELSE 0 END) FROM model", 12],
    ["SELECT -SUM(a) FROM model", -9],
    ["SELECT SUM(a) / 0 FROM model", null],
    ["SELECT MAE() FROM model", null],
  ])("%s", (text, value) => {
    expect(parseMetric(text).of(data)).toBe(value);
  });

  it.each([
    "",
    "SUM(a)",
    "SELECT a FROM model",
    "SELECT SUM(a FROM model",
    "SELECT SUM(a) FROM table",
    "SELECT MEDIAN(a) FROM model",
    "SELECT SUM(a) FROM model WHERE",
    "SELECT SUM(a) FROM model WHERE a >",
    "SELECT SUM(CASE a END) FROM model",
    "SELECT SUM(a); DROP TABLE x",
    `SELECT ${"(".repeat(60)}1${")".repeat(60)} FROM model`,
  ])("%s is refused, and the text says where", (text) => {
    expect(() => parseMetric(text)).toThrow(/at character \d+/);
  });

  it("knows whether it is about one class", () => {
    expect(parseMetric("SELECT PRECISION() / RECALL() FROM model").requiresPositiveClass).toBe(true);
    expect(parseMetric("SELECT FALSE_POSITIVE_RATE() FROM model").requiresPositiveClass).toBe(true);
    expect(parseMetric("SELECT COUNT(*) FROM model").requiresPositiveClass).toBe(false);
  });
});
