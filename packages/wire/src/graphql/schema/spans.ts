/** Spans of tracing projects (`spec/graphql.md §8`). */
export const spansSdl = /* GraphQL */ `
  input ModelDatasetInput {
    startTime: DateTime!
    endTime: DateTime!
    environmentName: ModelEnvironmentName!
    externalModelVersionIds: [String!]!
    externalBatchIds: [String!]!
    filters: [FilterItemInputType!]
    queryFilter: String
  }

  input SpanSort {
    column: SpanColumn!
    dir: SortDirection!
  }

  enum SpanColumn {
    start_time
    end_time
    latency_ms
    totalTokenCount
    metadata
  }

  enum SortDirection {
    ASC
    DESC
  }

  type SpanRecord {
    name: String
    spanKind: SpanKind
    statusCode: SpanStatusCode
    startTime: DateTime
    "null on a root span"
    parentId: String
    latencyMs: Float
    traceId: String
    spanId: String
    "A JSON document as text; its keys go without attributes. in front"
    attributes: String
    traceTokenCounts: TraceTokenCounts
    "What the spans of its trace cost; null when none says a cost"
    totalCost: TraceCost
    columns: [SpanRecordColumn!]
  }

  type TraceTokenCounts {
    aggregatePromptTokenCount: Float
    aggregateCompletionTokenCount: Float
    aggregateTotalTokenCount: Float
  }

  type TraceCost {
    aggregateTotalCost: Float
    aggregatePromptCost: Float
    aggregateCompletionCost: Float
  }

  type SpanRecordColumn {
    name: String!
    value: DimensionValueUnion
  }

  enum SpanKind {
    CHAIN
    RETRIEVER
    RERANKER
    LLM
    TOOL
    AGENT
    EMBEDDING
    GUARDRAIL
    EVALUATOR
    UNKNOWN
  }
  enum SpanStatusCode {
    OK
    ERROR
    UNSET
  }

  type TracingSchema {
    spanProperties(first: Int, after: String, last: Int, before: String): DimensionEntryConnection!
    llmEvals(first: Int, after: String, last: Int, before: String): DimensionEntryConnection!
    annotations(first: Int, after: String, last: Int, before: String): DimensionEntryConnection!
  }

  type DimensionEntry {
    dimension: Dimension!
  }

  type LlmTracingStats {
    tokenCountTotal: Float
    costTotal: Float
  }

  extend type Model {
    "At most 50 spans a page. With includeRootSpans and no filter the root spans, which stand for their traces"
    spanRecordsPublic(
      first: Int
      after: String
      last: Int
      before: String
      dataset: ModelDatasetInput!
      sort: SpanSort
      columnNames: [String!]
      includeRootSpans: Boolean
      truncateStringLength: Int
    ): SpanRecordConnection!
    tracingSchema(startTime: DateTime!, endTime: DateTime!): TracingSchema!
    llmTracingStats(dataset: ModelDatasetInput!, timeZone: String): LlmTracingStats
  }
`;
