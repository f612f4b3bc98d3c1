export type QueryValue = string | number | boolean | Date | readonly string[] | null | undefined;
export type Query = Readonly<Record<string, QueryValue>>;

/** `?a=1&status=A&status=B`: arrays repeat their key, dates are RFC 3339, absent values are left out (`spec/rest.md` §1.3). */
export function queryString(query: Query | undefined): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null) continue;
    const values = isList(value) ? value : [value];
    for (const each of values) {
      const text = each instanceof Date ? each.toISOString() : String(each);
      pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(text)}`);
    }
  }
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

function isList(value: QueryValue): value is readonly string[] {
  return Array.isArray(value);
}
