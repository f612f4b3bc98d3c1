import { expect, it } from "vitest";
import { summary } from "./summary.js";

it("gives the median and the bounds of the middle eight tenths, whatever the order", () => {
  const values = Array.from({ length: 100 }, (_, index) => (index * 37) % 100);
  expect(summary(values)).toEqual({ median: 50, low: 10, high: 90 });
  expect(summary([3])).toEqual({ median: 3, low: 3, high: 3 });
});
