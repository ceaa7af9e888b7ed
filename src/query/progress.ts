import { findParameter } from './catalogue.functions.ts'
import { type Attribute, findAttribute } from './catalogue.ts'
import type { CustomerFacts } from './facts.ts'
import { raw, type SqlFragment, sql } from './fragment.ts'
import type { Range, ResolvedAttribute, ResolvedFunction, ResolvedParameter, ResolvedQuery, ResolvedTest } from './resolved.ts'
import { functionOf, totalOf, type Whose } from './sql.function.ts'
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
  /** The same figure of each row of `customerSource`, whose rows in history are `whose`. */
  readonly column: (whose: Whose) => SqlFragment
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
  if (!known || known.confidential) return []
  if (known.type === 'average') return averageConditions(attribute, known, test)
  const needs = test.kind === 'ranges' ? leastOf(test.ranges) : null
  if (needs === null || !isFigure(known)) return []
  const of = (facts: CustomerFacts) => known.fact(facts) ?? 0
  return [{ attribute, isAmount: known.type === 'amount', needs, has: { from: 'facts', of }, column: () => sql`coalesce(${known.sql}, 0)` }]
}

/** Averages are told in whole units, rounded down: who is a hair below is not there yet. */
function averageConditions(attribute: string, known: Average, test: ResolvedTest): readonly ProgressCondition[] {
  const [range, second] = test.kind === 'decimals' ? test.ranges : []
  if (!range?.from || second || range.until !== null) return []
  const of = (facts: CustomerFacts) => {
    const ratio = known.fact(facts)
    return ratio === null || ratio.count === 0 ? 0 : Math.floor(ratio.total / ratio.count)
  }
  const column = () => sql`coalesce(floor(${known.total} / nullif(${known.count}, 0)::numeric), 0)`
  return [{ attribute, isAmount: true, needs: Math.ceil(Number(range.from.at)), has: { from: 'facts', of }, column }]
}

type Average = Extract<Attribute, { type: 'average' }>
type Figure = Extract<Attribute, { type: 'integer' | 'amount' }>
const isFigure = (attribute: Attribute): attribute is Figure => attribute.type === 'integer' || attribute.type === 'amount'

/** Totals that must be reached, over the rows that the other parameters leave; with none, one row. */
function functionConditions(clause: ResolvedFunction): readonly ProgressCondition[] {
  const conditions = clause.totals.flatMap((parameter) => totalCondition(clause, parameter))
  if (clause.totals.length > 0) return conditions
  return [{ attribute: `${clause.name}.count`, isAmount: false, needs: 1, ...counted(clause, raw('count(*)')) }]
}

function totalCondition(clause: ResolvedFunction, { name, negated, test }: ResolvedParameter): readonly ProgressCondition[] {
  const column = findParameter(functionOf(clause), name)
  const needs = test.kind === 'ranges' && !negated ? leastOf(test.ranges) : null
  if (needs === null || (column?.type !== 'integer' && column?.type !== 'amount')) return []
  return [{ attribute: `${clause.name}.${name}`, isAmount: column.type === 'amount', needs, ...counted(clause, column.sql) }]
}

const counted = (clause: ResolvedFunction, total: SqlFragment): Pick<ProgressCondition, 'has' | 'column'> => {
  const column = (whose: Whose) => totalOf(clause, total, whose)
  return { has: { from: 'database', select: (customer) => column(whoseRows(customer)) }, column }
}

/** Where the one range begins; more of it must be welcome up to any height or it is no goal. */
const leastOf = ([range, second]: readonly Range[]): number | null => (range && !second && range.until === null ? range.from : null)
