import { buildSchema, isObjectType, validateSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { GRAPHQL_SDL } from "./index.js";

const schema = buildSchema(GRAPHQL_SDL);

describe("the schema", () => {
  it("is one that GraphQL accepts", () => {
    expect(validateSchema(schema)).toEqual([]);
  });

  it("pages every connection forward and backward", () => {
    const fields = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type))
      .flatMap((type) => Object.values(type.getFields()).map((field) => ({ of: type.name, field })));
    const connections = fields.filter(({ field }) => String(field.type).endsWith("Connection!"));
    expect(connections.length).toBeGreaterThan(10);
    for (const { of, field } of connections)
      expect(
        field.args.map(({ name }) => name),
        `${of}.${field.name}`,
      ).toEqual(expect.arrayContaining(["first", "after", "last", "before"]));
  });

  it("can be read by clients of 2021: no directive stands where they know no place", () => {
    expect(schema.getDirective("deprecated")?.locations).toEqual([
      "FIELD_DEFINITION",
      "ARGUMENT_DEFINITION",
      "INPUT_FIELD_DEFINITION",
      "ENUM_VALUE",
    ]);
  });

  it("keeps the names that clients compare: enum values letter by letter", () => {
    expect(GRAPHQL_SDL).toContain("score_categorical");
    const role = schema.getType("SpaceMemberRole");
    expect(role?.astNode && "values" in role.astNode && role.astNode.values?.map(({ name }) => name.value)).toEqual([
      "admin",
      "member",
      "readOnly",
      "annotator",
    ]);
  });
});
