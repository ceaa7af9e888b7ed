import type { MessageChannel } from '../messages/message.model.ts'
import type { TouchReason } from '../touches/touch.model.ts'
import type { Campaign } from './campaign.model.ts'

/** What would become of a step if it were due now, of everybody who would be treated. */
export type StepPreview = {
  readonly step: number
  /** Those it would be sent to now, by channel. */
  readonly channels: readonly { readonly channel: MessageChannel; readonly count: number }[]
  /** Those who would wait, and those whom it would not reach, by reason. */
  readonly held: readonly { readonly reason: TouchReason; readonly count: number }[]
  readonly leftOut: readonly { readonly reason: TouchReason; readonly count: number }[]
  /** Minor units, of those who would wait too. */
  readonly cost: number
}

/** What a campaign would do if it started now. */
export type CampaignPreview = {
  readonly campaign: Campaign
  /** Whom the audience holds. */
  readonly audience: number
  /** Those of them whom an exclusion holds. */
  readonly excluded: number
  /** Those who took part already. */
  readonly takenPart: number
  readonly joining: number
  readonly control: number
  readonly treated: number
  /** How many of the treated were looked at for the steps; the figures of steps are for all of them. */
  readonly lookedAt: number
  readonly steps: readonly StepPreview[]
  /** What messages cost at most: if nobody bought or objected meanwhile. */
  readonly messagesCost: number
  /** What discounts may come to; null: nobody can say. */
  readonly possibleDiscount: number | null
}
