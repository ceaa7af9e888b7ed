import { findAttribute } from './catalogue.ts'
import { all, any, raw, type SqlFragment, sql } from './fragment.ts'
import { freeAttribute } from './free.ts'
import { functionKey } from './function-key.ts'
import type { ResolvedAttribute, ResolvedFunction, ResolvedQuery } from './resolved.ts'
import { columnHolds } from './sql.column.ts'
import { anniversaryHolds, freeHolds } from './sql.free.ts'
import { isAmong, rowsExist, type Whose } from './sql.function.ts'

export type CustomerKey = { readonly shopId: number; readonly customerId: string }
export type FunctionAnswer = { readonly key: string; readonly exists: SqlFragment }

/**
 * A condition, never null, on the rows of `customerSource`, all of one shop. `ofFew`: it will be asked of some customers
 * only, so nothing is made for the whole shop.
 */
export const toSql = (query: ResolvedQuery, shopId: number, { ofFew = false } = {}): SqlFragment =>
  holds(query, (clause, mustHold) => functionHolds(clause, shopId, mustHold), !ofFew)

/** The same, with function clauses as somebody else asks them. */
export const sqlWith = (query: ResolvedQuery, ask: (clause: ResolvedFunction) => SqlFragment): SqlFragment => holds(query, ask, false)

/** `mustHold`: nothing is in the answer for which this part is false, so that it may be found from its own end. */
type Ask = (clause: ResolvedFunction, mustHold: boolean) => SqlFragment

function holds(query: ResolvedQuery, ask: Ask, mustHold: boolean): SqlFragment {
  switch (query.kind) {
    case 'and':
      return all(query.of.map((part) => holds(part, ask, mustHold)))
    case 'or':
      return any(query.of.map((part) => holds(part, ask, false)))
    case 'not':
      return sql`not ${holds(query.of, ask, false)}`
    case 'attribute':
      return negatedIf(query.negated, attributeHolds(query))
    case 'function':
      return negatedIf(query.negated, ask(query, mustHold && !query.negated))
    case 'anniversary':
      return negatedIf(query.negated, anniversaryHolds(query))
  }
}

const negatedIf = (negated: boolean, of: SqlFragment): SqlFragment => (negated ? sql`not ${of}` : of)

function attributeHolds({ attribute, test, at }: ResolvedAttribute): SqlFragment {
  const free = freeAttribute(attribute)
  if (free !== null) return freeHolds(free, test)
  const column = findAttribute(attribute)
  if (!column) throw new Error(`no attribute is called ${attribute}`)
  return columnHolds(at === undefined || column.asOf === undefined ? column : { ...column, ...column.asOf(at) }, test)
}

/**
 * Rows alone are looked for per customer, which the planner turns into a join where that is better. Totals it cannot
 * turn: where the part must hold they are made for the whole shop at once; under OR and NOT such a list could outgrow
 * the memory that it is hashed in, and then each customer would search it from end to end.
 */
const functionHolds = (clause: ResolvedFunction, shopId: number, mustHold: boolean): SqlFragment =>
  mustHold && clause.totals.length > 0
    ? isAmong(clause, shopId, raw('c.id'))
    : rowsExist(clause, { shop: raw('c.shop_id'), customer: raw('c.id') })

/** The one customer's rows, by bound values. */
export const whoseRows = ({ shopId, customerId }: CustomerKey): Whose => ({
  shop: sql`${shopId}::integer`,
  customer: sql`${customerId}::uuid`,
})

/**
 * What one round to the database must answer before the predicate can be asked: of one customer by bound values, `select
 * <exists> as f0, <exists> as f1`, or, with none named, of each row of `customerSource`.
 */
export function functionClauses(query: ResolvedQuery, customer?: CustomerKey): readonly FunctionAnswer[] {
  const clauses = new Map(functionsIn(query).map((clause) => [functionKey(clause), clause]))
  const whose = customer ? whoseRows(customer) : { shop: raw('c.shop_id'), customer: raw('c.id') }
  return [...clauses].map(([key, clause]) => ({ key, exists: rowsExist(clause, whose) }))
}

function functionsIn(query: ResolvedQuery): readonly ResolvedFunction[] {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.of.flatMap(functionsIn)
    case 'not':
      return functionsIn(query.of)
    case 'function':
      return [query]
    default:
      return []
  }
}
