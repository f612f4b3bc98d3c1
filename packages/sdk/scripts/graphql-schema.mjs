/**
 * Puts the GraphQL schema beside the built SDK: as SDL for code generators and editors (`@axlab/sdk/schema.graphql`), and as a type
 * for gql.tada, which needs no generator (`@axlab/sdk/graphql/introspection`).
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { minifyIntrospection, outputIntrospectionFile } from "@gql.tada/internal";
import { GRAPHQL_SDL } from "@axlab/wire/graphql";
import { buildSchema, introspectionFromSchema, printSchema } from "graphql";

const dist = new URL("../dist/", import.meta.url);
const schema = buildSchema(GRAPHQL_SDL);
const introspection = minifyIntrospection(introspectionFromSchema(schema, { descriptions: false }));
const types = outputIntrospectionFile(introspection, { fileType: ".d.ts", shouldPreprocess: true });
// What follows would make this the schema of every document of the user's project, whoever's API it is for.
const [own] = types.split("import * as gqlTada");

mkdirSync(new URL("graphql/", dist), { recursive: true });
writeFileSync(new URL("schema.graphql", dist), `${printSchema(schema)}\n`);
writeFileSync(new URL("graphql/introspection.d.ts", dist), `${own.trim()}\n`);
