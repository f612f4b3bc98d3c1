import { matches, parseRule, type Effect, type FaultRule } from "./rule.js";

interface Standing {
  rule: ReturnType<typeof parseRule>;
  /** matching calls so far */
  seen: number;
}

/** Faults that tests ask for. A call meets the first rule that is due; without rules this costs nothing. */
export class Faults {
  readonly #standing = new Set<Standing>();

  /**
   * From now on calls meet this fault.
   * @returns takes the fault away again
   * @throws ConfigurationError when the rule is none; the text names the field
   */
  add(rule: FaultRule): () => void {
    const standing = { rule: parseRule(rule), seen: 0 };
    this.#standing.add(standing);
    return () => this.#standing.delete(standing);
  }

  /** Calls are answered as usual again. */
  clear(): void {
    this.#standing.clear();
  }

  /** Counts one call, `POST /v2/datasets` or `DoPut`, and says what it meets. */
  meet(call: string): Effect | null {
    let met: Effect | null = null;
    for (const standing of this.#standing) {
      const { on, nth, times, effect } = standing.rule;
      if (!matches(on, call)) continue;
      standing.seen += 1;
      const due = standing.seen >= nth && (times === "always" || standing.seen < nth + times);
      if (due) met ??= effect;
    }
    return met;
  }
}
