import {
  getOperationAST,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLError,
  type ParseOptions,
  type ValidationRule,
} from "graphql";
import { createGraphQLError, type Plugin } from "graphql-yoga";
import type { GraphQLContext } from "../context.js";
import { measure, type Measured } from "./measure.js";
import type { GraphQLLimits } from "../../../graphql-limits.js";

/** Refuses, before anything is read, what asks for more than the limits allow. */
export function enforceLimits(limits: GraphQLLimits): Plugin<GraphQLContext> {
  return {
    onParse({ parseFn, setParseFn }) {
      // boundary: graphql's own parse, which envelop hands over untyped
      const parse = parseFn as (source: string, options?: ParseOptions) => DocumentNode;
      setParseFn((source: string, options: ParseOptions) => parse(source, { ...options, maxTokens: limits.tokens }));
    },
    onValidate({ addValidationRule }) {
      if (!limits.introspection) addValidationRule(noIntrospection);
    },
    onExecute({ args, setResultAndStopExecution }) {
      // boundary: graphql's execution arguments, which envelop hands over untyped
      const { document, operationName, variableValues, contextValue } = args as ExecutionArgs & {
        contextValue: GraphQLContext;
      };
      const operation = getOperationAST(document, operationName);
      if (!operation) return;
      const measured = measure(document, operation, variableValues ?? {});
      contextValue.complexity = { limit: limits.cost, cost: Math.max(1, measured.cost) };
      const error = excess(measured, limits);
      if (error !== undefined) setResultAndStopExecution({ errors: [error] });
    },
  };
}

const noIntrospection: ValidationRule = (context) => ({
  Field(node) {
    if (node.name.value !== "__schema" && node.name.value !== "__type") return;
    const message = "This platform does not show its schema: introspection is off. docs/graphql.md describes it.";
    context.reportError(createGraphQLError(message, { nodes: [node] }));
  },
});

function excess({ depth, cost, aliases }: Measured, limits: GraphQLLimits): GraphQLError | undefined {
  if (depth > limits.depth)
    return refusal("QUERY_TOO_DEEP", `The operation is ${depth} levels deep; at most ${limits.depth} are answered.`);
  if (aliases > limits.aliases)
    return refusal(
      "TOO_MANY_ALIASES",
      `The operation has ${aliases} aliases; at most ${limits.aliases} are answered. Send the rest in another request.`,
    );
  if (cost > limits.cost)
    return refusal(
      "QUERY_TOO_EXPENSIVE",
      `The operation costs ${cost} (every field counts 1, times the page sizes around it); at most ${limits.cost} is answered. Ask for smaller pages (first, last) or fewer fields.`,
    );
  return undefined;
}

const refusal = (code: string, message: string): GraphQLError => createGraphQLError(message, { extensions: { code } });
