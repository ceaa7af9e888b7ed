import { ceiling, type Decimal, decimal, decimalText, floor, shifted } from './decimal.ts'
import type { DateRange, DecimalRange, Range } from './resolved.ts'
import type { Comparison, DateValue, Test, Value } from './tree.ts'
import { type Asking, timeOf } from './when.ts'

/** A test of order as its two ends; `!=` is the same as `=`, for a negation is told apart from what it negates. */
type Ends<T> = { readonly least: T | null; readonly above: T | null; readonly most: T | null; readonly below: T | null }

function ends<T>(op: Comparison, value: T): Ends<T> {
  const least = op === '=' || op === '!=' || op === '>=' ? value : null
  const most = op === '=' || op === '!=' || op === '<=' ? value : null
  return { least, most, above: op === '>' ? value : null, below: op === '<' ? value : null }
}

/** Every span that the test lets through: one, or as many as a list has values. */
function allEnds<T>(test: Test, read: (value: Value) => T): readonly Ends<T>[] {
  switch (test.op) {
    case 'BETWEEN':
      return [{ least: read(test.low), most: read(test.high), above: null, below: null }]
    case 'IN':
    case 'NOT IN':
      return test.values.map((value) => ends('=', read(value)))
    case 'CONTAINS':
    case 'NOT CONTAINS':
    case 'IS NULL':
    case 'IS NOT NULL':
      throw new Error(`${test.op} has no order`)
    default:
      return [ends(test.op, read(test.value))]
  }
}

/** Whole numbers, for a figure that is written with the point so many places to the left. */
export const wholeRanges = (test: Test, places: number): readonly Range[] =>
  allEnds(test, (value) => shifted(figure(value), places)).map(({ least, above, most, below }) => ({
    from: least ? safe(ceiling(least)) : above ? safe(floor(above) + 1n) : null,
    until: most ? safe(floor(most) + 1n) : below ? safe(ceiling(below)) : null,
  }))

export const decimalRanges = (test: Test, places: number): readonly DecimalRange[] =>
  allEnds(test, (value) => shifted(figure(value), places)).map(({ least, above, most, below }) => ({
    from: least ? bound(least, true) : above ? bound(above, false) : null,
    until: most ? bound(most, true) : below ? bound(below, false) : null,
  }))

export const dateRanges = (test: Test, asking: Asking): readonly DateRange[] =>
  allEnds(test, (value) => timeOf(date(value), asking)).map(({ least, above, most, below }) => ({
    from: least?.from ?? above?.until ?? null,
    until: most?.until ?? below?.from ?? null,
    wallFrom: least?.wallFrom ?? above?.wallUntil ?? null,
    wallUntil: most?.wallUntil ?? below?.wallFrom ?? null,
  }))

export const isIn = (value: number, { from, until }: Range): boolean =>
  (from === null || value >= from) && (until === null || value < until)

const bound = (at: Decimal, included: boolean) => ({ at: decimalText(at), included })

/** Beyond what a figure here can be, one bound is as good as another. */
const EDGE = 2n ** 53n
const safe = (whole: bigint): number => Number(whole > EDGE ? EDGE : whole < -EDGE ? -EDGE : whole)

function figure(value: Value): Decimal {
  if (value.kind !== 'integer' && value.kind !== 'decimal') throw new Error(`a ${value.kind} is no figure`)
  return decimal(value.text)
}

export function date(value: Value): DateValue {
  if (value.kind === 'text' || value.kind === 'integer' || value.kind === 'decimal' || value.kind === 'boolean') {
    throw new Error(`a ${value.kind} is no date`)
  }
  return value
}
