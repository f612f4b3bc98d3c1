import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

export interface Measured {
  depth: number;
  cost: number;
  aliases: number;
}

/** What a connection without `first` or `last` is counted as. */
const PAGE_NOT_GIVEN = 50;
const NOTHING: Measured = { depth: 0, cost: 0, aliases: 0 };

/**
 * How much an operation asks for. A fragment is measured once however often it is spread, so that measuring takes no longer than
 * reading the document. Call it on a validated document: one whose fragments form no circle.
 */
export function measure(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Measured {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const known = new Map<string, Measured>();

  const ofFragment = (name: string): Measured => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const fragment = fragments.get(name);
    const measured = fragment === undefined ? NOTHING : ofSelections(fragment.selectionSet);
    known.set(name, measured);
    return measured;
  };

  const ofField = (field: FieldNode): Measured => {
    const inside = field.selectionSet === undefined ? NOTHING : ofSelections(field.selectionSet);
    return {
      depth: 1 + inside.depth,
      cost: 1 + inside.cost * pageOf(field, variables),
      aliases: inside.aliases + (field.alias === undefined ? 0 : 1),
    };
  };

  const ofSelections = ({ selections }: SelectionSetNode): Measured => {
    const sum = { ...NOTHING };
    for (const selection of selections) {
      const part =
        selection.kind === Kind.FIELD
          ? ofField(selection)
          : selection.kind === Kind.FRAGMENT_SPREAD
            ? ofFragment(selection.name.value)
            : ofSelections(selection.selectionSet);
      sum.depth = Math.max(sum.depth, part.depth);
      sum.cost += part.cost;
      sum.aliases += part.aliases;
    }
    return sum;
  };

  return ofSelections(operation.selectionSet);
}

function pageOf(field: FieldNode, variables: Readonly<Record<string, unknown>>): number {
  const given = field.arguments?.find(({ name }) => name.value === "first" || name.value === "last")?.value;
  if (given?.kind === Kind.INT) return Math.max(1, Number(given.value));
  if (given?.kind === Kind.VARIABLE) {
    const value = variables[given.name.value];
    if (typeof value === "number") return Math.max(1, value);
  }
  const isConnection = field.selectionSet?.selections.some(
    (selection) => selection.kind === Kind.FIELD && selection.name.value === "edges",
  );
  return isConnection === true ? PAGE_NOT_GIVEN : 1;
}
