type Fields = object;
type Resolvers = Readonly<Record<string, Fields>>;

/** Lays the fields of one type together, from every subject that has some; a scalar has one. */
export function mergeResolvers(subjects: readonly Resolvers[]): Record<string, Fields> {
  const merged: Record<string, Fields> = {};
  for (const subject of subjects) {
    for (const [type, fields] of Object.entries(subject)) {
      const before = merged[type];
      merged[type] = before === undefined ? fields : { ...before, ...fields };
    }
  }
  return merged;
}
