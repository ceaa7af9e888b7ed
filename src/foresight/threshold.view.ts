import type { Minor } from '../kernel/money.ts'
import type { Forecast, WantedThreshold } from './threshold.model.ts'
import type { MarginSource, ThresholdOutcome, WhatIfStepInput, WhatIfThresholdView, WhatIfView } from './threshold.schema.ts'
import type { Forecasts } from './threshold.service.ts'

export const toWantedThreshold = (step: WhatIfStepInput): WantedThreshold => ({
  minSubtotal: step.minSubtotal ?? null,
  percentOff: step.percentOff ?? null,
  amountOff: step.amountOff ?? null,
  maxAmount: step.maxAmount ?? null,
})

export const toWhatIfView = ({ distribution, ...forecasts }: Forecasts): WhatIfView => ({
  orders: distribution.orders,
  amount: distribution.amount as Minor,
  averageAmount: distribution.orders === 0 ? null : (Math.round(distribution.amount / distribution.orders) as Minor),
  percentiles: distribution.percentiles.map(({ percent, amount }) => ({ percent, amount: amount as Minor })),
  thresholds: forecasts.thresholds.map(toThresholdView),
  candidates: forecasts.candidates.map(toThresholdView),
  marginPercent: forecasts.marginBp === null ? null : forecasts.marginBp / 100,
  marginSource: forecasts.marginSource as MarginSource,
  knownCostShare: forecasts.knownCostShare,
  products: [...forecasts.products],
  assumptions: [...forecasts.assumptions],
})

const toThresholdView = ({ benefit, ...forecast }: Forecast): WhatIfThresholdView => ({
  minSubtotal: forecast.minSubtotal,
  percentOff: benefit.kind === 'PERCENT_OFF' ? benefit.bp : null,
  amountOff: benefit.kind === 'AMOUNT_OFF' ? benefit.amount : null,
  maxAmount: benefit.maxAmount,
  ordersAbove: forecast.above,
  shareAbove: forecast.shareAbove,
  givenWithoutEffect: forecast.given as Minor,
  ordersBelow: forecast.below,
  missing: forecast.gap as Minor,
  stretching: forecast.stretching,
  extraRevenue: forecast.extraRevenue as Minor,
  extraMargin: forecast.extraMargin as Minor | null,
  givenToStretched: forecast.givenToStretched as Minor,
  givenAway: forecast.givenAway as Minor,
  result: forecast.result,
  breakEvenShare: forecast.breakEvenShare,
  outcome: forecast.outcome as ThresholdOutcome,
  verdict: forecast.verdict,
})
