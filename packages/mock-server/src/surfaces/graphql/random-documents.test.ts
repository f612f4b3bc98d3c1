import fc from "fast-check";
import { GRAPHQL_SDL } from "@axlab/wire/graphql";
import {
  buildSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
} from "graphql";
import { expect, it } from "vitest";
import { askGraphQL } from "../../testing/graphql.js";
import { suite } from "../../testing/suite.js";

const at = suite();
const schema = buildSchema(GRAPHQL_SDL);
const DEPTH = 5;

/** Picks from what a document may say, with the numbers that fast-check gives and shrinks. */
class Chooser {
  #at = 0;
  constructor(private readonly numbers: readonly number[]) {}
  of<T>(choices: readonly T[]): T | undefined {
    return choices[this.next() % choices.length];
  }
  next(): number {
    return this.numbers[this.#at++ % this.numbers.length] ?? 0;
  }
}

const SCALARS: Record<string, readonly string[]> = {
  Int: ["0", "1", "-1", "2", "10", "500", "2147483647"],
  Float: ["0", "-1.5", "1e30"],
  Boolean: ["true", "false"],
  String: ['""', '"x"', '"main"', '"%_\\\\"', '"SELECT COUNT(*) FROM model"', '"\\u0000"'],
  DateTime: ['"2026-11-01T00:00:00Z"', '"0000-01-01T00:00:00Z"', '"soon"'],
  JSON: ["{a: 1}", "[]", "null", '"text"'],
};

/** A value for an input, right in its shape and anything in its contents. */
function literal(type: GraphQLInputType, choose: Chooser, ids: readonly string[], depth: number): string {
  if (isNonNullType(type)) return literal(type.ofType, choose, ids, depth);
  if (isListType(type)) return choose.next() % 3 === 0 ? "[]" : `[${literal(type.ofType, choose, ids, depth)}]`;
  if (isEnumType(type)) return choose.of(type.getValues())?.name ?? "null";
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) || (depth > 0 && choose.next() % 3 === 0),
    );
    return `{${fields.map((field) => `${field.name}: ${literal(field.type, choose, ids, depth - 1)}`).join(", ")}}`;
  }
  if (getNamedType(type).name === "ID") return JSON.stringify(choose.of(ids) ?? "x");
  return choose.of(SCALARS[getNamedType(type).name] ?? ["null"]) ?? "null";
}

function selection(type: GraphQLObjectType, choose: Chooser, ids: readonly string[], depth: number): string {
  const fields = Object.values(type.getFields()).filter(
    (field) => depth > 0 || !isCompositeType(getNamedType(field.type)),
  );
  const chosen = Array.from({ length: 1 + (choose.next() % 3) }, () => choose.of(fields));
  const texts = chosen.map((field, index) => {
    if (field === undefined) return "__typename";
    const args = field.args
      .filter((arg) => isNonNullType(arg.type) || choose.next() % 4 === 0)
      .map((arg) => `${arg.name}: ${literal(arg.type, choose, ids, 1)}`);
    const named = getNamedType(field.type);
    const inside = isObjectType(named)
      ? ` { ${selection(named, choose, ids, depth - 1)} }`
      : isCompositeType(named)
        ? ` { __typename ${schema
            .getPossibleTypes(named)
            .map((one) =>
              choose.next() % 4 === 0 ? `... on ${one.name} { ${selection(one, choose, ids, depth - 1)} }` : "",
            )
            .join(" ")} }`
        : "";
    return `f${index}: ${field.name}${args.length > 0 ? `(${args.join(", ")})` : ""}${inside}`;
  });
  return texts.join(" ");
}

const documents = fc.record({
  mutation: fc.boolean(),
  numbers: fc.array(fc.nat(10_000), { minLength: 20, maxLength: 120 }),
  who: fc.constantFrom("admin", "member", "reader", "outsider", "pipeline"),
});

it("whatever the schema allows to be asked is answered, and never as a failure of ours", async () => {
  const { world, platform } = at;
  const made = JSON.parse(
    (await world.as("admin").post("/v2/projects", { name: "model", space_id: world.spaces.main })).text,
  );
  const ids = [
    world.spaces.main,
    world.organizations.acme,
    world.people.member,
    world.accountId,
    made.id,
    "x",
    "",
    btoa("Monitor:1:abcd"),
  ];
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(documents, async ({ mutation, numbers, who }) => {
      const root = mutation ? schema.getMutationType() : schema.getQueryType();
      if (!root) throw new TypeError("no root");
      const text = `${mutation ? "mutation" : "query"} { ${selection(root, new Chooser(numbers), ids, DEPTH)} }`;
      const { status, errors } = await askGraphQL(platform, world.keys[who], text);
      expect(status, text).toBeLessThan(500);
      if (errors.every(({ extensions }) => extensions.code !== "GRAPHQL_VALIDATION_FAILED")) answered += 1;
      expect(
        errors.filter(({ extensions }) => extensions.code === "INTERNAL_SERVER_ERROR"),
        text,
      ).toEqual([]);
    }),
    { numRuns: 400 },
  );
  expect(answered).toBeGreaterThan(200);
}, 120_000);
