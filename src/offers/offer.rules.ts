import type { Problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isPlain } from '../kernel/text.ts'
import { readAdjustment } from '../pricebook/adjustment.model.ts'
import { audienceOf, isCampaignCode } from '../pricebook/audience.model.ts'
import { bad, firstOf, inside, type Optional, wholeFault } from '../pricebook/checks.model.ts'
import { blankAsNull, readTerms, type TierOf } from '../pricebook/terms.model.ts'
import { BOUNDS } from '../pricing/bounds.ts'
import type { Offer, ProductTerms } from '../pricing/rule.ts'
import { ANY_SEGMENT } from '../query/segment.ts'
import { readQuery } from '../segments/customer-query.model.ts'
import { readCouponTerms } from './coupon-terms.rules.ts'
import type { WantedOffer, WantedProductTerms } from './offer.model.ts'
import { readOrder } from './order-terms.rules.ts'

const LONGEST_DESCRIPTION = 2_000

/** The offer that is asked for, or the first thing that is wrong with it. */
export function readOffer(wanted: WantedOffer, tierOf: TierOf): Result<Offer, Problem> {
  const terms = readTerms(wanted)
  if (!terms.ok) return terms
  const fault = firstOf(descriptionFault(wanted.description), limitsFault(wanted), campaignFault(wanted.campaign))
  if (fault !== null) return refuse(fault)
  const level = readLevel(wanted, tierOf)
  if (!level.ok) return level
  const coupons = inside(readCouponTerms(wanted.coupons, wanted.trigger), 'coupons')
  if (!coupons.ok) return coupons
  const offer: Offer = {
    ...terms.value,
    kind: 'OFFER',
    description: blankAsNull(wanted.description),
    level: wanted.level,
    trigger: wanted.trigger ?? 'AUTOMATIC',
    combination: wanted.combination ?? 'EXCLUSIVE',
    firstOrderOnly: wanted.firstOrderOnly ?? false,
    onlyUndiscounted: wanted.onlyUndiscounted ?? false,
    ...level.value,
    totalLimit: wanted.totalLimit ?? null,
    perCustomerLimit: wanted.perCustomerLimit ?? null,
    budget: wanted.budget ?? null,
    coupons: coupons.value,
    returnsRestoreUse: wanted.returnsRestoreUse ?? false,
    campaign: blankAsNull(wanted.campaign),
  }
  const misfit = bundleMisfit(offer) ?? campaignMisfit(offer)
  return misfit === null ? accept(offer) : refuse(misfit)
}

/** As many as the database counts. */
const MOST_USES = 2_147_483_647

const limitsFault = ({ totalLimit, perCustomerLimit, budget }: WantedOffer): Problem | null =>
  firstOf(
    wholeFault(totalLimit, 1, MOST_USES, 'totalLimit'),
    wholeFault(perCustomerLimit, 1, MOST_USES, 'perCustomerLimit'),
    wholeFault(budget, 1, Number.MAX_SAFE_INTEGER, 'budget'),
  )

type LevelTerms = Pick<Offer, 'product' | 'order'>

/** An offer has the part of its own level and only that. */
function readLevel({ level, product, order }: WantedOffer, tierOf: TierOf): Result<LevelTerms, Problem> {
  if (level === 'PRODUCT') {
    if (order != null) return refuse(bad('order is for offers of level ORDER: leave it out, or change the level.', 'order'))
    if (product == null) return refuse(bad('An offer of level PRODUCT says in product what it does to a price.', 'product'))
    const read = inside(readProduct(product), 'product')
    return read.ok ? accept({ product: read.value, order: null }) : read
  }
  if (product != null) return refuse(bad('product is for offers of level PRODUCT: leave it out, or change the level.', 'product'))
  if (order == null) return refuse(bad('An offer of level ORDER says in order what it takes.', 'order'))
  const read = inside(readOrder(order, tierOf), 'order')
  return read.ok ? accept({ product: null, order: read.value }) : read
}

function readProduct({
  adjustment,
  minSubtotal,
  minQuantity,
  maxUnitsPerOrder,
  maxUnitsPerCustomer,
}: WantedProductTerms): Result<ProductTerms, Problem> {
  const fault = firstOf(
    wholeFault(minQuantity, 1, BOUNDS.quantity, 'minQuantity'),
    wholeFault(maxUnitsPerOrder, 1, BOUNDS.quantity, 'maxUnitsPerOrder'),
    wholeFault(maxUnitsPerCustomer, 1, MOST_USES, 'maxUnitsPerCustomer'),
  )
  if (fault !== null) return refuse(fault)
  const adjusted = inside(readAdjustment(adjustment), 'adjustment')
  if (!adjusted.ok) return adjusted
  return accept({
    adjustment: adjusted.value,
    minSubtotal: minSubtotal ?? null,
    minQuantity: minQuantity ?? null,
    maxUnitsPerOrder: maxUnitsPerOrder ?? null,
    maxUnitsPerCustomer: maxUnitsPerCustomer ?? null,
  })
}

/** A bundle names its skus and is for them whole. */
function bundleMisfit({ order, scope, onlyUndiscounted }: Offer): Problem | null {
  if (order?.form !== 'BUNDLE') return null
  if (scope !== null) return bad('A BUNDLE names its skus in its items: leave scope out.', 'scope')
  return onlyUndiscounted ? bad('A BUNDLE takes from all units of its items: leave onlyUndiscounted out.', 'onlyUndiscounted') : null
}

/** Whether there is such a campaign is asked when it is saved with the offer: either may be written first. */
const campaignFault = (campaign: Optional<string>): Problem | null =>
  campaign == null || campaign.trim() === '' || isCampaignCode(campaign)
    ? null
    : bad('campaign is the code of a campaign: 1 to 60 letters, digits, dashes and underscores.', 'campaign')

/** Whom the campaign lets in is asked in one query with the audience. */
function campaignMisfit(offer: Offer): Problem | null {
  const whole = readQuery(audienceOf(offer), ['audience'], 'AUDIENCE', ANY_SEGMENT)
  return whole.ok ? null : bad('With the campaign the audience is more than a query can ask: make it shorter.', 'audience')
}

/** Shoppers read it: it may have several lines. */
function descriptionFault(description: Optional<string>): Problem | null {
  if (description == null) return null
  if (description.length > LONGEST_DESCRIPTION) return bad(`description has at most ${LONGEST_DESCRIPTION} characters.`, 'description')
  return isPlain(description.replaceAll(/[\n\r\t]/g, '')) ? null : bad('description has a character that nobody can type.', 'description')
}
