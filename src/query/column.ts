import { any, joined, raw, type SqlFragment, sql } from './fragment.ts'

/** What stands where nothing is: NEVER for a column that always holds something, null for a value that is not there. */
export type Absent = number | null | 'NEVER'

/** A whole number: a count, or an amount in minor units that a query writes in major ones. */
export type WholeColumn = { readonly type: 'integer' | 'amount'; readonly sql: SqlFragment; readonly absent: Absent }
export type DateColumn = { readonly type: 'date'; readonly sql: SqlFragment; readonly absent: null | 'NEVER' }
/** total / count, never divided: the comparison is multiplied out, so that it is exact. Both null: no value. */
export type AverageColumn = { readonly type: 'average'; readonly total: SqlFragment; readonly count: SqlFragment }
/** A figure that need not be whole, as the database and a program keep it in the same 64 bits. */
export type FigureColumn = { readonly type: 'figure'; readonly sql: SqlFragment }
export type BooleanColumn = { readonly type: 'boolean'; readonly isTrue: SqlFragment }
/** One that is compared with texts; both fragments are true or false, never null. */
export type TextColumn = {
  /** id: text of which shop people know the figure; member: a list that is asked for one of its members with `=`. */
  readonly type: 'text' | 'id' | 'list' | 'member'
  readonly holds: (texts: readonly string[]) => SqlFragment
  readonly missing: SqlFragment
  /** What two texts have in common that count as the same. */
  readonly key?: (text: string) => string
}
export type EnumColumn = Pick<TextColumn, 'holds' | 'missing'> & { readonly type: 'enum'; readonly values: readonly string[] }

export type Column = WholeColumn | DateColumn | AverageColumn | FigureColumn | BooleanColumn | TextColumn | EnumColumn
export type ColumnType = Column['type']

/** A plain column of texts: a condition that an index serves, and that is false, not null, where nothing is. */
export const texts = (column: string | SqlFragment): Pick<TextColumn, 'holds' | 'missing'> => {
  const value = typeof column === 'string' ? raw(column) : column
  return {
    holds: (wanted) => sql`(${value} is not null and ${oneOf(value, wanted)})`,
    missing: sql`${value} is null`,
  }
}

/** The value is one of those; a list of bound values rather than an array, which drivers bind each in their own way. */
export function oneOf(value: SqlFragment, wanted: readonly string[]): SqlFragment {
  const [only = ''] = wanted
  if (wanted.length === 1) return sql`${value} = ${only}`
  return sql`${value} in (${joined(
    wanted.map((text) => sql`${text}`),
    ', ',
  )})`
}

export const anyText = (wanted: readonly string[], holds: (text: string) => SqlFragment): SqlFragment => any(wanted.map(holds))
