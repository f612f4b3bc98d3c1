import { compare, type scalarOf, type Truth } from "./compare.js";
import type { Exact } from "./numbers.js";

/**
 * Whether a value equals one of these, as `compare` has it. People ask for thousands of ids at once, so a value is looked up among those
 * of its own type, and compared one by one only with the others.
 */
export function membership(literals: readonly (string | Exact)[]): (value: ReturnType<typeof scalarOf>) => Truth {
  const texts = new Set(literals.filter((literal) => typeof literal === "string"));
  const notTexts = literals.filter((literal) => typeof literal !== "string");
  // Whole numbers beyond 2^53 may be bigints beside doubles, which no set knows to be equal.
  const numbers = new Set(literals.filter((literal) => typeof literal === "number" && Math.abs(literal) < 2 ** 53));
  const notNumbers = literals.filter((literal) => !numbers.has(literal));
  const equalsOneOf = (others: typeof literals, value: ReturnType<typeof scalarOf>): boolean =>
    others.some((literal) => compare(value, "=", literal) === true);
  return (value) => {
    if (value === null) return literals.length === 0 ? false : null;
    if (typeof value === "string") return texts.has(value) || equalsOneOf(notTexts, value);
    if (typeof value !== "number" && typeof value !== "bigint") return equalsOneOf(literals, value);
    return numbers.has(Number(value)) || equalsOneOf(notNumbers, value);
  };
}
