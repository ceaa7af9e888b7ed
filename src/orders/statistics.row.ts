import { defineEntity, p } from '@mikro-orm/core'
import type { Minor } from '../kernel/money.ts'
import { toInstant } from '../shell/sql.ts'
import { averageAmount, type CustomerStatistics } from './statistics.model.ts'

export const CustomerStatisticsRow = defineEntity({
  name: 'CustomerStatisticsRow',
  tableName: 'customer_statistics',
  properties: {
    shopId: p.integer().primary(),
    customerId: p.uuid().primary(),
    numberOfOrders: p.integer(),
    amountSpent: p.bigint('number'),
    largestOrderAmount: p.bigint('number'),
    firstOrderAt: p.datetime(),
    lastOrderAt: p.datetime(),
    marginEarned: p.bigint('number').nullable(),
    marginAmount: p.bigint('number').default(0),
    intervalMedianDays: p.double().nullable(),
    intervalP90Days: p.double().name('interval_p90_days').nullable(),
  },
})

export type StatisticsFigures = {
  number_of_orders: number | string
  amount_spent: string
  largest_order_amount: string
  first_order_at: string
  last_order_at: string
  margin_earned: string | null
  margin_amount: string
  interval_median_days: number | null
  interval_p90_days: number | null
}

export function toStatistics(row: StatisticsFigures): CustomerStatistics {
  const numberOfOrders = Number(row.number_of_orders)
  const amountSpent = Number(row.amount_spent) as Minor
  const { interval_median_days: medianDays, interval_p90_days: p90Days } = row
  return {
    numberOfOrders,
    amountSpent,
    averageOrderAmount: averageAmount(amountSpent, numberOfOrders),
    largestOrderAmount: Number(row.largest_order_amount) as Minor,
    firstOrderAt: toInstant(row.first_order_at),
    lastOrderAt: toInstant(row.last_order_at),
    marginEarned: row.margin_earned === null ? null : Number(row.margin_earned),
    marginAmount: Number(row.margin_amount) as Minor,
    intervals: medianDays === null || p90Days === null ? null : { count: numberOfOrders - 1, medianDays, p90Days },
  }
}
