import { type ClaimCouponMutation, RegularsError } from '@regulars/client'
import type { Voice } from './language.ts'
import type { Page } from './page.ts'

export type ClaimedCoupon = Extract<ClaimCouponMutation['claimCoupon'], { __typename: 'Coupon' }>
/** What came of it, and what the shopper is told. */
export type Claimed = { readonly coupon: ClaimedCoupon; readonly said: string } | { readonly error: unknown; readonly said: string }

export async function claim(page: Page, code: string, voice: Voice): Promise<Claimed> {
  try {
    const answer = await page.claim(code)
    if (answer.__typename === 'Coupon') return { coupon: answer, said: voice.claimed(answer.offerName) }
    return { error: answer, said: voice.refused[answer.reason] ?? voice.notNow }
  } catch (error) {
    const why = error instanceof RegularsError ? voice.refused[error.code] : undefined
    return { error, said: why ?? voice.notNow }
  }
}
