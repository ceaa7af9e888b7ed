import { findParameter } from './catalogue.functions.ts'
import { all, joined, raw, type SqlFragment, sql } from './fragment.ts'
import type { QueryFunction } from './function.ts'
import type { ResolvedFunction, ResolvedParameter, ResolvedQuery } from './resolved.ts'
import { columnHolds } from './sql.column.ts'
import { functionOf, rowTests } from './sql.function.ts'
import { sqlWith } from './sql.ts'

/** `joins` follows `customerSource`, and the conditions, in the order of the queries, may be asked of its rows anywhere. */
export type JoinedConditions = { readonly conditions: readonly SqlFragment[]; readonly joins: SqlFragment }

/** Clauses that look at the same rows, and what is asked that those come to. */
type Rows = { readonly clause: ResolvedFunction; readonly totals: string[] }

/**
 * Conditions on everybody in a shop, for which each history is gone through once, however many queries look at it: what its rows
 * come to is worked out for all customers together and joined. So nothing of it must fit into memory.
 */
export function toJoinedSql(queries: readonly ResolvedQuery[], shopId: number): JoinedConditions {
  const found = new Map<string, Rows>()
  const conditions = queries.map((query) => sqlWith(query, (clause) => isJoined(found, clause)))
  return { conditions, joins: joined([raw(''), ...[...found.values()].map((rows, i) => join(rows, i, shopId))], '\n') }
}

function isJoined(found: Map<string, Rows>, clause: ResolvedFunction): SqlFragment {
  const key = JSON.stringify([clause.name, clause.rows])
  const rows = found.get(key) ?? { clause, totals: [] }
  found.set(key, rows)
  const place = [...found.keys()].indexOf(key)
  const fn = functionOf(clause)
  return all([raw(`j${place}.customer_id is not null`), ...clause.totals.map((total) => totalHolds(fn, rows, place, total))])
}

function totalHolds(fn: QueryFunction, rows: Rows, place: number, { name, negated, test }: ResolvedParameter): SqlFragment {
  if (!rows.totals.includes(name)) rows.totals.push(name)
  const holds = columnHolds({ ...totalOf(fn, name), sql: raw(`j${place}.t${rows.totals.indexOf(name)}`) }, test)
  return negated ? sql`not ${holds}` : holds
}

function totalOf(fn: QueryFunction, name: string) {
  const column = findParameter(fn, name)
  if (column?.type !== 'integer' && column?.type !== 'amount') throw new Error(`${fn.name} has no total ${name}`)
  return column
}

function join({ clause, totals }: Rows, place: number, shopId: number): SqlFragment {
  const fn = functionOf(clause)
  const where = all([sql`${fn.shop} = ${shopId}::integer`, sql`${fn.customer} is not null`, fn.where, ...rowTests(fn, clause)])
  const columns = totals.map((name, i) => sql`, ${totalOf(fn, name).sql} as ${raw(`t${i}`)}`)
  return sql`left join (select ${fn.customer} as customer_id${joined([raw(''), ...columns], '')} from ${fn.from} where ${where} group by ${fn.customer}) ${raw(`j${place}`)} on ${raw(`j${place}`)}.customer_id = c.id`
}
