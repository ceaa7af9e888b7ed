import type { Column } from './column.ts'
import { raw, type SqlFragment, sql } from './fragment.ts'
import type { ResolvedTest } from './resolved.ts'
import { inDecimals, inFigures, inRanges, instantBound, wholeBound } from './sql.range.ts'

/** The test on a column of the catalogue, before any negation; true or false, never null. */
export function columnHolds(column: Column, test: ResolvedTest): SqlFragment {
  if (test.kind === 'null') return isMissing(column)
  switch (column.type) {
    case 'integer':
    case 'amount':
      if (test.kind === 'ranges') return inRanges(column.sql, test.ranges, column.absent, wholeBound)
      break
    case 'date':
      if (test.kind === 'ranges') return inRanges(column.sql, test.ranges, column.absent, instantBound)
      break
    case 'average':
      if (test.kind === 'decimals')
        return averageHolds(column.total, column.count, inDecimals(sql`${column.total}::numeric`, test.ranges, column.count))
      break
    case 'figure':
      if (test.kind === 'decimals') return sql`(${column.sql} is not null and ${inFigures(column.sql, test.ranges)})`
      break
    case 'boolean':
      if (test.kind === 'boolean') return test.value ? column.isTrue : sql`not ${column.isTrue}`
      break
    default:
      if (test.kind === 'texts') return column.holds(test.texts)
  }
  throw new Error(`a column of type ${column.type} is not compared by ${test.kind}`)
}

const averageHolds = (total: SqlFragment, count: SqlFragment, holds: SqlFragment): SqlFragment =>
  sql`(${total} is not null and ${count} is not null and ${count} > 0 and ${holds})`

function isMissing(column: Column): SqlFragment {
  switch (column.type) {
    case 'integer':
    case 'amount':
    case 'date':
      return column.absent === null ? sql`${column.sql} is null` : raw('false')
    case 'figure':
      return sql`${column.sql} is null`
    case 'average':
      return sql`coalesce(${column.count}, 0) = 0`
    case 'boolean':
      return raw('false')
    default:
      return column.missing
  }
}
