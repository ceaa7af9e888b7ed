import type { Instant } from '../kernel/clock.ts'
import type { Campaign, GoalMetric } from './campaign.model.ts'
import type { GroupSums, Lift } from './lift.model.ts'

/** What one group did, each in their own time. */
export type Group = GroupSums & {
  /** Orders that were not the first of whoever placed them. */
  readonly returningOrders: number
  /** Revenue whose cost is known; minor units. */
  readonly knownRevenue: number
  /** Who have become dormant or churned since they joined. */
  readonly dormant: number
}

/** What came of what was sent and shown: customers, each once. */
export type Reached = {
  readonly reached: number
  readonly sent: number
  readonly delivered: number
  readonly opened: number
  readonly clicked: number
  readonly unsubscribed: number
  readonly complained: number
  /** What the messages cost; minor units. */
  readonly messageCost: number
}

/** What was bought, by whom, and what was given away with it. */
export type Bought = {
  readonly bought: number
  readonly orders: number
  readonly units: number
  readonly revenue: number
  readonly margin: number
  readonly discounts: number
  readonly giftCost: number
}

/** `key` null: orders before which nothing of the kind was sent or shown. */
export type Part = Reached & Bought & { readonly key: string | null }
export type TierPart = Reached &
  Bought & { readonly key: string | null; readonly treated: Group; readonly control: Group; readonly lifts: readonly Lift[] }

export type Cost = {
  readonly messages: number
  readonly discounts: number
  readonly gifts: number
  readonly total: number
  readonly perReturningOrder: number | null
  readonly perExtraOrder: number | null
}

/** Target against result, in the goal's own unit. */
export type GoalResult = {
  readonly metric: GoalMetric
  readonly target: number
  readonly result: number | null
  readonly share: number | null
}

export type Report = {
  readonly campaign: Campaign
  readonly asOf: Instant
  readonly isFinal: boolean
  readonly treated: Group
  readonly control: Group
  readonly reached: Reached
  readonly bought: Bought
  readonly lost: number
  readonly cost: Cost
  readonly goal: GoalResult | null
  readonly lifts: readonly Lift[]
  readonly bySteps: readonly Part[]
  readonly byChannels: readonly Part[]
  readonly byTemplates: readonly Part[]
  readonly byTiers: readonly TierPart[]
}

/** Whom a figure of the report counts. */
export const CAMPAIGN_FIGURES = [
  'TREATED',
  'CONTROL',
  'REACHED',
  'SENT',
  'DELIVERED',
  'OPENED',
  'CLICKED',
  'BOUGHT',
  'CONTROL_BOUGHT',
  'RETURNED',
  'DISCOUNTED',
  'UNSUBSCRIBED',
  'COMPLAINED',
  'LOST',
  'CONTROL_LOST',
] as const
export type CampaignFigure = (typeof CAMPAIGN_FIGURES)[number]

/** A part of the report: each that is not null must hold. */
export type WantedPart = {
  readonly step: number | null
  readonly channel: string | null
  readonly template: string | null
  readonly tier: string | null
  /** BOUGHT, RETURNED, DISCOUNTED: by orders before which nothing was sent or shown. */
  readonly untouched: boolean
}
