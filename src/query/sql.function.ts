import { findFunction, findParameter } from './catalogue.functions.ts'
import { all, raw, type SqlFragment, sql } from './fragment.ts'
import type { QueryFunction } from './function.ts'
import type { ResolvedFunction, ResolvedParameter } from './resolved.ts'
import { columnHolds } from './sql.column.ts'

/** Whose rows are meant: SQL for the shop's number and the customer's id. */
export type Whose = { readonly shop: SqlFragment; readonly customer: SqlFragment }

/** There is a row, and the rows come to what is asked. */
export function rowsExist(clause: ResolvedFunction, whose: Whose): SqlFragment {
  const fn = functionOf(clause)
  const totals = clause.totals.map((parameter) => parameterHolds(fn, parameter))
  // Without a group, having makes one of no rows too: that there are rows is asked besides.
  const having = totals.length === 0 ? raw('') : sql` having ${all([raw('count(*) > 0'), ...totals])}`
  return sql`exists (select 1 from ${fn.from} where ${rowsOf(fn, clause, whose)}${having})`
}

/** The same of a whole shop at once: its rows are gone through one time, not once a customer. */
export function isAmong(clause: ResolvedFunction, shopId: number, customer: SqlFragment): SqlFragment {
  const fn = functionOf(clause)
  const where = all([sql`${fn.shop} = ${shopId}::integer`, sql`${fn.customer} is not null`, fn.where, ...rowTests(fn, clause)])
  const having = all(clause.totals.map((parameter) => parameterHolds(fn, parameter)))
  return sql`${customer} in (select ${fn.customer} from ${fn.from} where ${where} group by ${fn.customer} having ${having})`
}

/** What the rows come to: `count`, or a sum; 0 where there is none. */
export function totalOf(clause: ResolvedFunction, total: SqlFragment, whose: Whose): SqlFragment {
  const fn = functionOf(clause)
  return sql`(select coalesce(${total}, 0) from ${fn.from} where ${rowsOf(fn, clause, whose)})`
}

const rowsOf = (fn: QueryFunction, clause: ResolvedFunction, { shop, customer }: Whose): SqlFragment =>
  all([sql`${fn.shop} = ${shop}`, sql`${fn.customer} = ${customer}`, fn.where, ...rowTests(fn, clause)])

/** What one row must be, besides being one of those that there are. */
export const rowTests = (fn: QueryFunction, { rows }: ResolvedFunction): readonly SqlFragment[] =>
  rows.map((parameter) => parameterHolds(fn, parameter))

function parameterHolds(fn: QueryFunction, { name, negated, test }: ResolvedParameter): SqlFragment {
  const column = findParameter(fn, name)
  if (!column) throw new Error(`${fn.name} has no parameter ${name}`)
  const holds = columnHolds(column, test)
  return negated ? sql`not ${holds}` : holds
}

export function functionOf({ name }: ResolvedFunction): QueryFunction {
  const fn = findFunction(name)
  if (!fn) throw new Error(`no function is called ${name}`)
  return fn
}
