import type { DocumentNode } from "graphql";

/** A document that knows its types, as GraphQL code generators make them. */
export type TypedDocument<Data, Variables> = DocumentNode & {
  readonly __apiType?: ((variables: Variables) => Data) | undefined;
};

// eslint-disable-next-line @typescript-eslint/no-wrapper-object-types -- code generators extend String
type StringObject = String;

/** GraphQL text, a parsed document, or the string object of a code generator, of whatever types. */
export type AnyDocument = string | DocumentNode | StringObject;

/** As `AnyDocument`, with the types of data and variables where it knows them. */
export type GraphQLDocument<Data, Variables> =
  | string
  | TypedDocument<Data, Variables>
  | (StringObject & { readonly __apiType?: ((variables: Variables) => Data) | undefined });

/** graphql is loaded for the first parsed document: most programs never need it, and it takes some 60 ms. */
export async function documentText(document: AnyDocument): Promise<string> {
  if (typeof document === "string" || document instanceof String) return document.toString();
  const { print } = await import("graphql");
  return print(document);
}

/** Whether a document only reads. The word in a comment or name makes it count as writing, which is the safe side. */
export function onlyReads(text: string): boolean {
  return !/\b(?:mutation|subscription)\b/.test(text);
}
