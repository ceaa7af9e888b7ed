import type { Instant } from '../kernel/clock.ts'
import type { TouchDecision, TouchReason, WantedTouch } from '../touches/touch.model.ts'
import type { Campaign, LeftReason, Step } from './campaign.model.ts'

/** An exposure that is due, and what is known of its customer at the moment of deciding. */
export type DueExposure = {
  readonly id: string
  readonly campaignId: string
  readonly step: number
  readonly customerId: string
  readonly treated: boolean
  readonly leftReason: LeftReason | null
  /** Placed an order that counts since they joined. */
  readonly bought: boolean
  /** The same of an order that does not count yet. */
  readonly ordered: boolean
  /** Opened or clicked something that this campaign sent. */
  readonly opened: boolean
  /** Whether the condition of the step holds. */
  readonly holds: boolean
}

const REASON_OF: Readonly<Record<LeftReason, TouchReason>> = {
  BOUGHT: 'BOUGHT',
  OBJECTED: 'OBJECTED',
  FORGOTTEN: 'FORGOTTEN',
  MERGED: 'FORGOTTEN',
  CAMPAIGN_OVER: 'CAMPAIGN_OVER',
}

/** Why an exposure is dropped before anybody asks whether the customer may be spoken to; null: it is not. */
export function whyDropped(due: DueExposure, campaign: Campaign, step: Step | undefined, now: Instant): TouchReason | null {
  if (!due.treated) return 'CONTROL_GROUP'
  if (due.leftReason !== null) return REASON_OF[due.leftReason]
  if (due.bought) return 'BOUGHT'
  if (step === undefined || (campaign.endsAt !== null && campaign.endsAt <= now)) return 'CAMPAIGN_OVER'
  if (step.onlyIf !== null && due.ordered) return 'BOUGHT'
  if (step.onlyIf === 'OPENED_NOT_BOUGHT' && !due.opened) return 'CONDITION'
  return due.holds ? null : 'CONDITION'
}

/** What is asked of touches for an exposure. */
export const wantedTouch = (due: DueExposure, campaign: Campaign, step: Step, shielded: boolean): WantedTouch => ({
  key: due.id,
  customerId: due.customerId,
  purpose: step.purpose,
  channels: step.channels,
  campaignId: campaign.id,
  campaignCode: campaign.code,
  step: step.number,
  priority: campaign.priority,
  shielded,
  notAfter: campaign.endsAt,
})

type Send = Extract<TouchDecision, { kind: 'SEND' }>

/**
 * Which of these sendings a budget still pays for, in their order: what is spent and what they are foreseen to cost stays within it. A
 * cheaper one after one that is too dear still goes.
 */
export function withinBudget<S extends Pick<Send, 'channel'>>(
  sends: readonly S[],
  budget: number | null,
  spent: number,
  costOf: (channel: S['channel']) => number,
): { readonly paid: readonly S[]; readonly unpaid: readonly S[]; readonly cost: number } {
  const [paid, unpaid]: [S[], S[]] = [[], []]
  let cost = 0
  for (const send of sends) {
    const price = costOf(send.channel)
    if (budget !== null && spent + cost + price > budget) unpaid.push(send)
    else {
      paid.push(send)
      cost += price
    }
  }
  return { paid, unpaid, cost }
}

/** What became of an exposure. */
export type Decided = {
  readonly id: string
  readonly campaignId: string
  readonly step: number
  readonly customerId: string
} & (
  | { readonly status: 'QUEUED'; readonly channel: string; readonly touchId: string; readonly messageId: string }
  | { readonly status: 'HELD'; readonly until: Instant; readonly reason: TouchReason }
  | { readonly status: 'DROPPED'; readonly reason: TouchReason }
)
