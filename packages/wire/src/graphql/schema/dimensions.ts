/** Dimensions and the filters over them (`spec/graphql.md §8`). */
export const dimensionsSdl = /* GraphQL */ `
  type Dimension {
    id: ID
    name: String!
    dataType: DimensionDataType!
    category: DimensionCategory
  }

  type DimensionValue {
    id: ID
    value: String!
  }

  union DimensionValueUnion = CategoricalDimensionValue | NumericDimensionValue | ListOfStringsDimensionValue

  type CategoricalDimensionValue {
    id: ID
    value: String
  }

  type NumericDimensionValue {
    id: ID
    value: Float
  }

  type ListOfStringsDimensionValue {
    id: ID
    value: [String!]
  }

  type MetricFilterItem {
    id: ID
    filterType: FilterRowType
    operator: ComparisonOperator
    dimension: Dimension
    dimensionValues: [DimensionValue!]
    binaryValues: [String!]
    numericValues: [String!]
    categoricalValues: [String!]
  }

  input FilterItemInputType {
    filterType: FilterRowType!
    operator: ComparisonOperator!
    dimension: DimensionInput
    dimensionValues: [DimensionValueInput!]
    binaryValues: [String!]
    numericValues: [String!]
    categoricalValues: [String!]
    id: ID
  }

  input DimensionInput {
    id: String
    name: String!
    dataType: DimensionDataType
    category: DimensionCategory
  }

  input DimensionValueInput {
    id: String!
    value: String!
  }

  enum DimensionDataType {
    STRING
    LONG
    FLOAT
    DOUBLE
    EMBEDDING
    STRING_LIST
    DICTIONARY
  }

  enum DimensionCategory {
    featureLabel
    prediction
    actuals
    actualScore
    actualLabel
    actualClass
    predictionClass
    predictionLabel
    predictionScore
    tag
    spanProperty
    llmEval
    annotation
    userAnnotation
    modelVersion
    batchId
  }

  enum FilterRowType {
    featureLabel
    tagLabel
    predictionValue
    actuals
    modelVersion
    batchId
    spanProperty
    llmEval
    annotation
    userAnnotation
    actualScore
    actualLabel
    predictionClass
    predictionScore
  }

  enum ComparisonOperator {
    greaterThan
    lessThan
    equals
    notEquals
    greaterThanOrEqual
    lessThanOrEqual
  }
`;
