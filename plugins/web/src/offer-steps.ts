import type { Shopper } from '@regulars/client'
import type { Voice } from './language.ts'

export type Offer = Shopper['offers'][number]
type Step = Offer['steps'][number]

/** Each step of a threshold offer as a sentence: what it takes, and what it gives, a surprise with its odds. */
export const sentences = (offer: Offer, voice: Voice): string[] => offer.steps.map((step) => sentence(step, voice))

function sentence(step: Step, voice: Voice): string {
  const { minSubtotal, minQuantity, minTier } = step
  const money = minSubtotal ? voice.amount(minSubtotal) : null
  const units = minQuantity ? String(minQuantity) : null
  const when = [(money || units) && voice.spend(money, units), minTier && voice.forTier(minTier.name)].filter(Boolean).join(voice.comma)
  const gives = gains(step, voice).join(voice.comma)
  return when && gives ? voice.pair(when, gives) : when || gives
}

const gains = ({ percentOff, amountOff, freeShipping, gifts, surprise }: Step, voice: Voice): string[] => [
  ...(percentOff ? [voice.percentOff(percentOff)] : []),
  ...(amountOff ? [voice.off(voice.amount(amountOff))] : []),
  ...(freeShipping ? [voice.freeShipping] : []),
  ...gifts.map(({ sku, quantity }) => voice.gift(voice.product(sku), quantity)),
  ...(surprise ?? []).map(({ name, odds }) => voice.prize(name, odds)),
]
