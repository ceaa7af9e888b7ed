import type { TouchPurpose } from '../customers/customer.model.ts'
import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { LinkTerms } from '../links/link.model.ts'
import type { MessageChannel } from '../messages/message.model.ts'

export type CampaignKind = 'CARE' | 'RECALL' | 'WIN_BACK' | 'MARKETING' | 'ANNOUNCEMENT'
export type CampaignStatus = 'DRAFT' | 'SCHEDULED' | 'RUNNING' | 'PAUSED' | 'FINISHED' | 'CANCELLED'

export type GoalMetric = 'ORDERS' | 'REVENUE' | 'MARGIN' | 'BUYERS' | 'REPEAT_RATE' | 'UNITS_PER_BUYER'
/** Money in minor units, a rate in percent, units as a decimal. */
export type Goal = { readonly metric: GoalMetric; readonly target: number }

/**
 * How it begins. ONCE: everybody whom the audience holds then. DAILY: those too, and then each day at `minute` of the shop's clock whoever
 * newly matches, until `until`. USUAL_HOUR: as ONCE, and every step waits for the hour at which the customer usually buys.
 */
export type CampaignStart = {
  readonly kind: 'ONCE' | 'DAILY' | 'USUAL_HOUR'
  /** When it starts by itself once it is scheduled; null: when staff start it. */
  readonly at: Instant | null
  /** Minute of the day, 0 to 1439; DAILY only. */
  readonly minute: number | null
  /** DAILY only; null: for as long as it runs. */
  readonly until: Instant | null
}

export type Step = {
  /** 1 to 8. */
  readonly number: number
  readonly delayHours: number
  /** From when the delay counts: when the customer joined, or when the step before was sent or left out. */
  readonly after: 'JOINED' | 'PREVIOUS'
  /** By the first by which the customer can be reached. */
  /** What is seen on site is the campaign's own, and sends nothing. */
  readonly channels: readonly MessageChannel[]
  readonly templateCode: string
  /** A customer query that must hold then; null: none. */
  readonly condition: string | null
  readonly onlyIf: 'NOT_BOUGHT' | 'OPENED_NOT_BOUGHT' | null
  readonly purpose: TouchPurpose
}

/** What those who take part in a campaign are given; `tierCodes` empty: all. */
export type Give = {
  /** Null: a private link, which has items of its own. */
  readonly offerCode: string | null
  readonly as: 'COUPON' | 'OFFER' | 'LINK'
  readonly tierCodes: readonly string[]
  readonly each: number
  readonly validDays: number | null
  /** What each one's private link says; null: it is no link. */
  readonly linkTerms: GiveLink | null
}

export type GiveLink = Pick<LinkTerms, 'name' | 'message' | 'items' | 'maxUses'>

export type OnSite = {
  readonly title: string
  readonly text: string | null
  readonly url: string | null
  /** The same words for readers of other languages; absent: there are none. */
  readonly translations?: readonly Translation[]
}
export type Translation = { readonly language: string; readonly title: string; readonly text: string | null }

/** What staff say of a campaign. */
export type CampaignTerms = {
  readonly code: string
  readonly name: string
  readonly kind: CampaignKind
  readonly goal: Goal | null
  /** Orders so long after joining count for it. */
  readonly attributionDays: number
  /** Minor units; null: without a limit. */
  readonly budget: number | null
  /** A customer query; null: everybody. */
  readonly audience: string | null
  readonly exclusions: readonly string[]
  /** Basis points of the audience who get nothing, 0 to 5000. */
  readonly controlBp: number
  /** The higher goes first. */
  readonly priority: number
  readonly start: CampaignStart
  readonly endsAt: Instant | null
  readonly steps: readonly Step[]
  readonly gives: readonly Give[]
  readonly onSite: OnSite | null
}

export type Campaign = CampaignTerms & {
  readonly id: Id<'Campaign'>
  readonly status: CampaignStatus
  /** Minor units, what is queued and not yet sent included. */
  readonly spent: number
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly startedAt: Instant | null
  readonly pausedAt: Instant | null
  readonly endedAt: Instant | null
  /** When customers are next let in; null: nobody more is. */
  readonly nextJoinAt: Instant | null
}

/** Why somebody no longer takes part. */
export type LeftReason = 'BOUGHT' | 'OBJECTED' | 'FORGOTTEN' | 'MERGED' | 'CAMPAIGN_OVER'

export type ExposureStatus = 'DUE' | 'HELD' | 'QUEUED' | 'SENT' | 'FAILED' | 'DROPPED'
