import type { ColumnType } from './column.ts'
import type { Comparison, Operator } from './tree.ts'

export const COMPARISONS: readonly Comparison[] = ['=', '!=', '<', '<=', '>', '>=']
const NULLS: readonly Operator[] = ['IS NULL', 'IS NOT NULL']
const MEMBERS: readonly Operator[] = ['=', '!=', 'IN', 'NOT IN']
const ORDERED: readonly Operator[] = [...COMPARISONS, 'BETWEEN', 'IN', 'NOT IN']

/** `free` is a shop's own attribute, whose value says what it is. */
export type ValueType = ColumnType | 'free'

/** What can be asked of an attribute of each type. Text has no order: no two languages agree on one. */
export const OPERATORS: Readonly<Record<ValueType, readonly Operator[]>> = {
  integer: [...ORDERED, ...NULLS],
  amount: [...ORDERED, ...NULLS],
  average: [...ORDERED, ...NULLS],
  figure: [...ORDERED, ...NULLS],
  date: [...ORDERED, ...NULLS],
  free: [...ORDERED, ...NULLS],
  text: [...MEMBERS, ...NULLS],
  id: [...MEMBERS, ...NULLS],
  enum: [...MEMBERS, ...NULLS],
  member: [...MEMBERS, ...NULLS],
  boolean: ['=', '!=', ...NULLS],
  list: ['CONTAINS', 'NOT CONTAINS', ...NULLS],
}

/** A parameter's row is there, so nothing about it is asked for null. */
export const parameterOperators = (type: ValueType): readonly Operator[] => OPERATORS[type].filter((op) => !NULLS.includes(op))

/** A day of the year is a day; it is not one of many, and only who was never born has none. */
export const ANNIVERSARY_OPERATORS: readonly Operator[] = [...COMPARISONS, 'BETWEEN']

const COUNTERPARTS: Readonly<Partial<Record<Operator, readonly Operator[]>>> = {
  '=': ['CONTAINS', 'IN'],
  '!=': ['NOT CONTAINS', 'NOT IN'],
  IN: ['=', 'CONTAINS'],
  'NOT IN': ['!=', 'NOT CONTAINS'],
  CONTAINS: ['='],
  'NOT CONTAINS': ['!='],
}

/** The operator that says the same where this one is not taken. */
export const counterpart = (op: Operator, taken: readonly Operator[]): Operator | null =>
  COUNTERPARTS[op]?.find((other) => taken.includes(other)) ?? null
