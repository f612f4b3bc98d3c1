/**
 * `value as Type` silences the compiler, so each one must say why it is right: a comment that starts with `boundary:`
 * on the same line or on the line above. `as const` asserts nothing and passes.
 */
export const boundaryAssertion = {
  meta: {
    type: "problem",
    docs: { description: "type assertions carry a `// boundary: why` comment" },
    messages: {
      unexplained:
        "A type assertion outside a checked boundary. Parse or narrow the value instead, or say why it is right: `// boundary: …` on this line or the line above.",
    },
    schema: [],
  },
  create(context) {
    const explainedLines = new Set(
      context.sourceCode
        .getAllComments()
        .filter((comment) => comment.value.trim().startsWith("boundary:"))
        .flatMap((comment) => [comment.loc.end.line, comment.loc.end.line + 1]),
    );
    const check = (node) => {
      const isConst = node.typeAnnotation.type === "TSTypeReference" && node.typeAnnotation.typeName.name === "const";
      const explained =
        explainedLines.has(node.loc.start.line) || explainedLines.has(node.typeAnnotation.loc.start.line);
      if (!isConst && !explained) context.report({ node, messageId: "unexplained" });
    };
    return { TSAsExpression: check, TSTypeAssertion: check };
  },
};
