import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { type CsvCell, toCsv } from '../shell/csv.ts'
import type { World } from '../shell/world.ts'
import { weekdayHours } from './distribution.service.ts'
import type { Asked } from './measured.model.ts'
import type { FirstThing, Rate } from './profit.model.ts'
import { cohorts, newAndReturning, repurchaseRates, rfmGrid, secondOrders, whatMakesRegulars } from './profit.service.ts'

export type TableName =
  | 'WEEKDAY_HOURS'
  | 'NEW_AND_RETURNING'
  | 'COHORTS'
  | 'SECOND_ORDERS'
  | 'WHAT_MAKES_REGULARS'
  | 'REPURCHASE_RATES'
  | 'RFM_GRID'

export type WantedTable = {
  readonly name: TableName
  readonly asked: Asked
  readonly by: string | null
  /** Of WHAT_MAKES_REGULARS. */
  readonly thing: FirstThing | null
  readonly withinDays: number
}

const RATE = ['of', 'hits', 'share', 'low', 'high', 'isTooSmall'] as const
const rateCells = (rate: Rate): CsvCell[] => RATE.map((name) => rate[name])

/** A figure as a table to open in a spreadsheet, amounts in minor units. */
export async function tableCsv(world: World, wanted: WantedTable): Promise<Result<string, Problem>> {
  const { name, asked, by, thing, withinDays } = wanted
  switch (name) {
    case 'WEEKDAY_HOURS':
      return rowsCsv(await weekdayHours(world, asked, by), ['part', 'weekday', 'hour', 'orders', 'customers', 'revenue'])
    case 'NEW_AND_RETURNING':
      return rowsCsv(await newAndReturning(world, asked), [
        'month',
        'newCustomers',
        'returningCustomers',
        'orders',
        'newRevenue',
        'returningRevenue',
      ])
    case 'COHORTS':
      return rowsCsv(await cohorts(world, asked), ['cohort', 'monthsLater', 'customers', 'revenue'])
    case 'RFM_GRID':
      return rowsCsv(await rfmGrid(world, asked.query), ['recency', 'frequency', 'monetary', 'group', 'customers', 'revenue'])
    case 'SECOND_ORDERS': {
      const found = await secondOrders(world, asked)
      return found.ok
        ? accept(
            toCsv(
              ['days', ...RATE],
              found.value.within.map(({ days, rate }) => [days, ...rateCells(rate)]),
            ),
          )
        : found
    }
    case 'REPURCHASE_RATES': {
      const found = await repurchaseRates(world, asked, by)
      return found.ok
        ? accept(
            toCsv(
              ['part', ...RATE],
              found.value.map(({ value, rate }) => [value, ...rateCells(rate)]),
            ),
          )
        : found
    }
    case 'WHAT_MAKES_REGULARS': {
      if (thing === null) return refuse(problem('BAD_USER_INPUT', 'Say what in the first order is looked at: thing.', ['thing']))
      const found = await whatMakesRegulars(world, asked, thing, withinDays)
      return found.ok
        ? accept(
            toCsv(
              ['value', ...RATE, 'revenue'],
              found.value.map(({ value, rate, revenue }) => [value, ...rateCells(rate), revenue]),
            ),
          )
        : found
    }
  }
}

function rowsCsv<Row extends Readonly<Record<Column, CsvCell>>, Column extends string>(
  found: Result<readonly Row[], Problem>,
  columns: readonly Column[],
): Result<string, Problem> {
  if (!found.ok) return found
  return accept(
    toCsv(
      columns,
      found.value.map((row) => columns.map((column) => row[column])),
    ),
  )
}
