import type { Problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { bad, firstOf, LONGEST_WORD, readEach, tooMany, wholeFault, wordFault } from '../pricebook/checks.model.ts'
import { type TierOf, tierFault } from '../pricebook/terms.model.ts'
import { BOUNDS } from '../pricing/bounds.ts'
import type { GiftTerms, Step } from '../pricing/rule.ts'
import type { WantedGift, WantedStep } from './offer.model.ts'
import { readSurprise } from './surprise.rules.ts'

const MOST_GIFTS = 100

/** One step of a threshold. Several steps may open alike: the one that takes most counts. */
export function readStep(wanted: WantedStep, tierOf: TierOf): Result<Step, Problem> {
  const fault = firstOf(
    wholeFault(wanted.minQuantity, 1, BOUNDS.quantity, 'minQuantity'),
    tierFault(wanted.minTierCode, 'minTierCode', tierOf),
    amountsFault(wanted),
    (wanted.gifts ?? []).length > MOST_GIFTS ? tooMany('gifts', MOST_GIFTS, 'gifts') : null,
  )
  if (fault !== null) return refuse(fault)
  const gifts = readEach(wanted.gifts ?? [], 'gifts', (gift) => readGift(gift, tierOf))
  if (!gifts.ok) return gifts
  const surprise = readSurprise(wanted.surprise)
  if (!surprise.ok) return surprise
  return accept({
    minSubtotal: wanted.minSubtotal ?? (0 as Step['minSubtotal']),
    minQuantity: wanted.minQuantity ?? null,
    minTier: wanted.minTierCode ?? null,
    off: offOf(wanted),
    maxAmount: wanted.maxAmount ?? null,
    freeShipping: wanted.freeShipping ?? false,
    gifts: gifts.value,
    ...(surprise.value === null ? {} : { surprise: surprise.value }),
  })
}

function amountsFault({ percentOff, amountOff, maxAmount }: WantedStep): Problem | null {
  if (percentOff != null && amountOff != null) return bad('Give percentOff or amountOff, not both.', 'amountOff')
  if (amountOff === 0) return bad('amountOff must be more than 0; a step that takes nothing leaves it out.', 'amountOff')
  if (maxAmount === 0) return bad('maxAmount must be more than 0.', 'maxAmount')
  if (maxAmount != null && percentOff == null && amountOff == null)
    return bad('maxAmount bounds percentOff or amountOff: give one of them.', 'maxAmount')
  return null
}

function offOf({ percentOff, amountOff }: WantedStep): Step['off'] {
  if (percentOff != null) return { kind: 'PERCENT_OFF', bp: percentOff }
  return amountOff == null ? null : { kind: 'AMOUNT_OFF', amount: amountOff }
}

function readGift({ sku, quantity, minTierCode }: WantedGift, tierOf: TierOf): Result<GiftTerms, Problem> {
  const fault = firstOf(
    wordFault(sku, LONGEST_WORD, 'sku'),
    wholeFault(quantity, 1, BOUNDS.quantity, 'quantity'),
    tierFault(minTierCode, 'minTierCode', tierOf),
  )
  return fault === null ? accept({ sku, quantity: quantity ?? 1, minTier: minTierCode ?? null }) : refuse(fault)
}
