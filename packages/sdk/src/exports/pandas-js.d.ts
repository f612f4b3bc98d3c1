// pandas-js ships no types; this is the part of it that the SDK uses.
declare module "pandas-js" {
  interface ImmutableList {
    toArray(): unknown[];
    clear(): ImmutableList;
    push(value: unknown): ImmutableList;
    fromEntrySeq(): { toOrderedMap(): object };
  }
  export class Series {
    constructor(values: readonly unknown[], options?: { readonly name?: string });
    readonly values: ImmutableList;
  }
  export class DataFrame {
    constructor(data: unknown);
    readonly length: number;
    readonly columns: unknown;
    get(column: string): Series;
  }
}
