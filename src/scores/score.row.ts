import { defineEntity, p } from '@mikro-orm/core'
import type { Minor } from '../kernel/money.ts'
import type { BuyerKind } from '../orders/habits.model.ts'
import { toInstant } from '../shell/sql.ts'
import type { Forecast, ForecastModel } from './forecast.model.ts'
import type { AbcClass, Figures, Rhythm, Scale, Score, SpendTier } from './score.model.ts'

const wholes = () => p.array((text) => Number(text)).columnType('bigint[]')

export const ScoreSettingRow = defineEntity({
  name: 'ScoreSettingRow',
  tableName: 'score_setting',
  properties: { shopId: p.integer().primary(), medianDays: p.double(), p90Days: p.double().name('p90_days') },
})

export const RfmMapRow = defineEntity({
  name: 'RfmMapRow',
  tableName: 'rfm_map',
  properties: {
    shopId: p.integer().primary(),
    version: p.integer().primary(),
    name: p.text(),
    kind: p.text().$type<'GRID' | 'EIGHT_CLASSES'>(),
    cells: p.array(),
    savedAt: p.datetime(),
  },
})

export const ScoreScaleRow = defineEntity({
  name: 'ScoreScaleRow',
  tableName: 'score_scale',
  properties: {
    shopId: p.integer().primary(),
    evaluatedAt: p.datetime(),
    customers: p.integer(),
    recencyBounds: wholes(),
    frequencyBounds: wholes(),
    monetaryBounds: wholes(),
    scoreSums: wholes(),
    spendBounds: wholes(),
    bestAmount: p.bigint('number').nullable(),
    abcAFrom: p.bigint('number').name('abc_a_from').nullable(),
    abcBFrom: p.bigint('number').name('abc_b_from').nullable(),
    rhythmSource: p.text().$type<'SETTING' | 'SHOP' | 'DEFAULT'>(),
    rhythmMedianDays: p.double(),
    rhythmP90Days: p.double().name('rhythm_p90_days'),
    categories: p.json(),
    mapVersion: p.integer(),
    mapKind: p.text().$type<'GRID' | 'EIGHT_CLASSES'>(),
    mapCells: p.array(),
    forecast: p.json().nullable(),
  },
})

export const CustomerScoreRow = defineEntity({
  name: 'CustomerScoreRow',
  tableName: 'customer_score',
  properties: {
    shopId: p.integer().primary(),
    customerId: p.uuid().primary(),
    recency: p.integer(),
    frequency: p.integer(),
    monetary: p.integer(),
    rfmGroup: p.text(),
    lifecycle: p.text().$type<Score['lifecycle']>(),
    rhythmSource: p.text().$type<Rhythm['source']>(),
    rhythmMedianDays: p.double(),
    rhythmP90Days: p.double().name('rhythm_p90_days'),
    expectedOrderAt: p.datetime(),
    abcClass: p.text().$type<AbcClass>(),
    spendPercentile: p.double(),
    predictedSpendTier: p.text().$type<SpendTier>(),
    predictedOrders: p.double().nullable(),
    predictedAmount: p.bigint('number').nullable(),
    probabilityAlive: p.double().nullable(),
    mainCategory: p.text().nullable(),
    buyerKind: p.text().$type<BuyerKind>().nullable(),
  },
})

export type ScoreFigures = {
  customer_id: string
  recency: number
  frequency: number
  monetary: number
  rfm_group: string
  lifecycle: Score['lifecycle']
  rhythm_source: Rhythm['source']
  rhythm_median_days: number
  rhythm_p90_days: number
  expected_order_at: string
  abc_class: AbcClass
  spend_percentile: number
  predicted_spend_tier: SpendTier
  predicted_orders: number | null
  predicted_amount: string | null
  probability_alive: number | null
  main_category: string | null
  buyer_kind: BuyerKind | null
}

export const toScore = (row: ScoreFigures): Score => ({
  recency: row.recency,
  frequency: row.frequency,
  monetary: row.monetary,
  rfmGroup: row.rfm_group,
  lifecycle: row.lifecycle,
  rhythm: { source: row.rhythm_source, medianDays: row.rhythm_median_days, p90Days: row.rhythm_p90_days },
  expectedOrderAt: toInstant(row.expected_order_at),
  abcClass: row.abc_class,
  spendPercentile: row.spend_percentile,
  predictedSpendTier: row.predicted_spend_tier,
  forecast: toForecast(row),
  mainCategory: row.main_category,
  buyerKind: row.buyer_kind,
})

/** One row has all three or none. */
export const toForecast = ({
  predicted_orders: orders,
  predicted_amount: amount,
  probability_alive: alive,
}: Pick<ScoreFigures, 'predicted_orders' | 'predicted_amount' | 'probability_alive'>): Forecast | null =>
  orders === null || amount === null || alive === null ? null : { orders, amount: Number(amount) as Minor, alive }

export type ScaleFigures = {
  evaluated_at: string
  customers: number
  recency_bounds: (number | string)[]
  frequency_bounds: (number | string)[]
  monetary_bounds: (number | string)[]
  score_sums: (number | string)[]
  spend_bounds: (number | string)[]
  best_amount: string | null
  abc_a_from: string | null
  abc_b_from: string | null
  rhythm_source: Rhythm['source']
  rhythm_median_days: number
  rhythm_p90_days: number
  categories: Record<string, Figures>
  map_version: number
  map_kind: 'GRID' | 'EIGHT_CLASSES'
  map_cells: string[]
  forecast: ForecastModel | null
}

const numberOrNull = (text: string | null) => (text === null ? null : Number(text))

export function toScale(row: ScaleFigures): Scale {
  const [r = 0, f = 0, m = 0] = row.score_sums.map(Number)
  return {
    evaluatedAt: toInstant(row.evaluated_at),
    customers: row.customers,
    recencyBounds: row.recency_bounds.map(Number),
    frequencyBounds: row.frequency_bounds.map(Number),
    monetaryBounds: row.monetary_bounds.map(Number),
    scoreSums: [r, f, m],
    spendBounds: row.spend_bounds.map(Number),
    bestAmount: numberOrNull(row.best_amount),
    abcFrom: [numberOrNull(row.abc_a_from), numberOrNull(row.abc_b_from)],
    rhythm: { source: row.rhythm_source, medianDays: row.rhythm_median_days, p90Days: row.rhythm_p90_days },
    categories: row.categories,
    map: { version: row.map_version, kind: row.map_kind, cells: row.map_cells },
    forecast: row.forecast,
  }
}
