import { findParameter } from './catalogue.functions.ts'
import { type Attribute, findAttribute } from './catalogue.ts'
import type { CustomerFacts } from './facts.ts'
import { raw, type SqlFragment } from './fragment.ts'
import type { Range, ResolvedAttribute, ResolvedFunction, ResolvedParameter, ResolvedQuery } from './resolved.ts'
import { functionOf, totalOf } from './sql.function.ts'
import { type CustomerKey, whoseRows } from './sql.ts'

/** One figure that a customer must reach, all others apart. */
export type ProgressCondition = {
  /** `amount_spent`, or `orders_placed.sum_amount` for what a function counts. */
  readonly attribute: string
  /** Whether the figures are minor units of money; else they are plain numbers. */
  readonly isAmount: boolean
  /** The least that is enough. */
  readonly needs: number
  readonly has:
    | { readonly from: 'facts'; readonly of: (facts: CustomerFacts) => number }
    | { readonly from: 'database'; readonly select: (customer: CustomerKey) => SqlFragment }
}

/**
 * The figures that stand between a customer and what the query lets them into, clause by clause: comparisons that
 * all must hold and that more of something fulfils. What no figure tells (a tag, an either-or, a NOT) is left out, so
 * having all of them is not yet being in. So is what is the shop's alone to know.
 */
export function progressConditions(query: ResolvedQuery): readonly ProgressCondition[] {
  switch (query.kind) {
    case 'and':
      return query.of.flatMap(progressConditions)
    case 'attribute':
      return query.negated ? [] : attributeConditions(query)
    case 'function':
      return query.negated ? [] : functionConditions(query)
    default:
      return []
  }
}

function attributeConditions({ attribute, test }: ResolvedAttribute): readonly ProgressCondition[] {
  const known = findAttribute(attribute)
  const needs = test.kind === 'ranges' ? leastOf(test.ranges) : null
  if (!known || needs === null || !isFigure(known) || known.confidential) return []
  return [{ attribute, isAmount: known.type === 'amount', needs, has: { from: 'facts', of: (facts) => known.fact(facts) ?? 0 } }]
}

type Figure = Extract<Attribute, { type: 'integer' | 'amount' }>
const isFigure = (attribute: Attribute): attribute is Figure => attribute.type === 'integer' || attribute.type === 'amount'

/** Totals that must be reached, over the rows that the other parameters leave; with none, one row. */
function functionConditions(clause: ResolvedFunction): readonly ProgressCondition[] {
  const conditions = clause.totals.flatMap((parameter) => totalCondition(clause, parameter))
  if (clause.totals.length > 0) return conditions
  const select = (customer: CustomerKey) => totalOf(clause, raw('count(*)'), whoseRows(customer))
  return [{ attribute: `${clause.name}.count`, isAmount: false, needs: 1, has: { from: 'database', select } }]
}

function totalCondition(clause: ResolvedFunction, { name, negated, test }: ResolvedParameter): readonly ProgressCondition[] {
  const column = findParameter(functionOf(clause), name)
  const needs = test.kind === 'ranges' && !negated ? leastOf(test.ranges) : null
  if (needs === null || (column?.type !== 'integer' && column?.type !== 'amount')) return []
  const select = (customer: CustomerKey) => totalOf(clause, column.sql, whoseRows(customer))
  return [{ attribute: `${clause.name}.${name}`, isAmount: column.type === 'amount', needs, has: { from: 'database', select } }]
}

/** Where the one range begins; more of it must be welcome up to any height or it is no goal. */
const leastOf = ([range, second]: readonly Range[]): number | null => (range && !second && range.until === null ? range.from : null)
