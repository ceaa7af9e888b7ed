import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import type { MessageChannel } from '../messages/message.model.ts'
import type { WantedOffer } from '../offers/offer.model.ts'
import type { ReadyMadeLanguage } from '../segments/ready-made.model.ts'
import type { CampaignKind } from './campaign.model.ts'
import type { WantedStart, WantedStep } from './wanted.model.ts'

export type Words = Readonly<Record<ReadyMadeLanguage, string>>

/** A figure of a ready-made campaign that a shop sets to what it is. AMOUNT: whole major units of its currency, as customer queries write them. */
export type Parameter = {
  readonly code: string
  readonly name: Words
  readonly kind: 'AMOUNT' | 'PERCENT' | 'DAYS' | 'DAY_OF_MONTH'
  /** Where the shop has too few buyers to tell, or it is no matter of theirs. */
  readonly usual: number
  readonly least: number
  readonly most: number
  /** Its value in the shop: so much (`times`) of the order below which this share of buyers stay, by their average or their largest one. */
  readonly measured?: { readonly of: 'TYPICAL_ORDER' | 'LARGEST_ORDER'; readonly share: number; readonly times?: number }
}

/** A parameter as it fits a shop, or as somebody set it. */
export type SetParameter = { readonly parameter: Parameter; readonly value: number; readonly isMeasured: boolean }
export type GivenParameter = { readonly code: string; readonly value: number }

/** Goods that a ready-made campaign is about. UP_TO: what sells best at or below an amount, when none are said. */
export type GoodsWanted = {
  readonly name: Words
  readonly ifNone: 'REFUSE' | 'WITHOUT' | { readonly bestSellersUpTo: string }
}

/** One message of a campaign in both languages: a mail, and the same in a line where there is no room for one. */
export type ReadyMessage = {
  readonly name: Words
  readonly subject: Words
  /** Paragraphs, in Liquid; greeting and signature are put around them. */
  readonly mail: Readonly<Record<ReadyMadeLanguage, readonly string[]>>
  readonly short: Words
}

/** WRITTEN: by the channels that are chosen when it is adopted; else a person does it. */
export type ReadyStep = Omit<WantedStep, 'templateCode' | 'channels'> & {
  readonly by: 'WRITTEN' | readonly MessageChannel[]
  /** The number of its message, from 0. */
  readonly says: number
}

export type ReadyOffer = Omit<WantedOffer, 'code' | 'name' | 'campaign'> & {
  readonly name: Words
  readonly as: 'COUPON' | 'OFFER'
  readonly validDays: number | null
}

/** What a ready-made campaign comes to in a shop. */
export type Plan = {
  readonly kind: CampaignKind
  /** Codes of ready-made segments that its queries name. */
  readonly segments: readonly string[]
  readonly audience: string
  readonly exclusions?: readonly string[]
  readonly attributionDays: number
  readonly priority: number
  readonly start?: WantedStart
  readonly endsAt?: Date
  readonly messages: readonly ReadyMessage[]
  readonly steps: readonly ReadyStep[]
  readonly offers: readonly ReadyOffer[]
  readonly onSite: { readonly title: Words; readonly text: Words } | null
}

/** What a plan is made of: its figures, the goods that it is about, and what the shop has. */
export type Fit = {
  readonly at: (parameter: string) => number
  /** An amount of major units in minor ones. */
  readonly minor: (parameter: string) => Minor
  readonly skus: readonly string[]
  /** What the catalogue says of those. */
  readonly categories: readonly string[]
  readonly brands: readonly string[]
  /** Codes of the shop's tiers, from the lowest up. */
  readonly tierCodes: readonly string[]
  /** The start of a day of the shop's calendar: the next day of the month of this number that is three days ahead or more, and days after it. */
  readonly dayOfMonth: (number: number, daysAfter: number) => Instant
  /** The start of the day so many days from today. */
  readonly inDays: (count: number) => Instant
}

export type ReadyMadeCampaign = {
  /** Under which it is adopted. */
  readonly code: string
  readonly name: Words
  /** For whom it is and what it does. */
  readonly purpose: Words
  readonly parameters: readonly Parameter[]
  readonly goods: GoodsWanted | null
  readonly plan: (fit: Fit) => Plan
}
