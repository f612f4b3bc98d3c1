/** While it is being put together. */
export type Writable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };
