/** A date as it is written; what it means depends on when it is asked and where. */
export type DateValue =
  | { readonly kind: 'day'; readonly text: string }
  | { readonly kind: 'time'; readonly text: string }
  | { readonly kind: 'named'; readonly text: NamedDate }
  | { readonly kind: 'offset'; readonly count: number; readonly unit: OffsetUnit }

export type NamedDate = 'today' | 'yesterday' | '7_days_ago' | '30_days_ago' | '90_days_ago' | '12_months_ago'
export type OffsetUnit = 'd' | 'w' | 'm' | 'y'

/** A value as it is written. Figures stay text, so that no digit of them is lost. */
export type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'integer'; readonly text: string }
  | { readonly kind: 'decimal'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | DateValue

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='

/** What a clause or a function's parameter asks of its value. */
export type Test =
  | { readonly op: Comparison; readonly value: Value }
  | { readonly op: 'BETWEEN'; readonly low: Value; readonly high: Value }
  | { readonly op: 'IN' | 'NOT IN'; readonly values: readonly Value[] }
  | { readonly op: 'CONTAINS' | 'NOT CONTAINS'; readonly value: Value }
  | { readonly op: 'IS NULL' | 'IS NOT NULL' }

export type Operator = Test['op']
export type Parameter = { readonly name: string; readonly test: Test }

export type AttributeClause = { readonly kind: 'attribute'; readonly attribute: string; readonly test: Test }
/** The old form of a function is read into this one too. */
export type FunctionClause = {
  readonly kind: 'function'
  readonly name: string
  readonly negated: boolean
  readonly parameters: readonly Parameter[]
}
/** A day of the year, taken from a date that lies years back. */
export type AnniversaryClause = { readonly kind: 'anniversary'; readonly attribute: string; readonly test: Test }

/** Who is in one of these segments, each with the query that it stands for. */
export type SegmentClause = {
  readonly kind: 'segment'
  readonly negated: boolean
  readonly codes: readonly string[]
  readonly of: readonly CustomerQuery[]
}

/** A customer query as it was understood: plain data that JSON carries unharmed. */
export type CustomerQuery =
  | { readonly kind: 'and' | 'or'; readonly of: readonly CustomerQuery[] }
  | { readonly kind: 'not'; readonly of: CustomerQuery }
  | AttributeClause
  | FunctionClause
  | AnniversaryClause
  | SegmentClause
