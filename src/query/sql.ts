import type { SqlFragment } from './fragment.ts'
import type { ResolvedQuery } from './resolved.ts'

/** A condition, never null, on the rows of `customerSource`. */
export function toSql(_query: ResolvedQuery, _shopId: number): SqlFragment {
  throw new Error('not built yet')
}

export type FunctionAnswer = { readonly key: string; readonly exists: SqlFragment }

/** What one round to the database must answer before the predicate can be asked of this customer: `select <exists> as f0, <exists> as f1`. */
export function functionClauses(_query: ResolvedQuery, _customer: CustomerKey): readonly FunctionAnswer[] {
  throw new Error('not built yet')
}

export type CustomerKey = { readonly shopId: number; readonly customerId: string }
