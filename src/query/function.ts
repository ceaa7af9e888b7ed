import type { Column } from './column.ts'
import type { SqlFragment } from './fragment.ts'

/** A total is asked of the rows that the other parameters leave; every other parameter of each row. */
export type FunctionParameter = Column & { readonly total?: true }

/** Rows in a customer's history, and what can be asked of them. One entry is all that a function is. */
export type QueryFunction = {
  readonly name: string
  readonly from: SqlFragment
  /** Which rows there are at all; shop and customer are asked besides. */
  readonly where: SqlFragment
  readonly shop: SqlFragment
  readonly customer: SqlFragment
  readonly parameters: Readonly<Record<string, FunctionParameter>>
}
