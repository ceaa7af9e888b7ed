import { fullPriceBuyersAmong } from '../checkout/full-price.service.ts'
import { codeKey } from '../pricebook/rule.model.ts'
import type { Offer } from '../pricing/rule.ts'
import type { World } from '../shell/world.ts'
import { readPolicy } from '../touches/policy.service.ts'
import type { Campaign, Give } from './campaign.model.ts'
import { publishedOffers } from './giving.service.ts'
import { joinedWith } from './giving.store.ts'
import { discounts } from './shield.rules.ts'

/**
 * Who of these bought at the full price, lately, something that the campaign sells them for less: a message of it would anger them. How
 * lately, the shop's policy says.
 */
export async function shieldedOf(world: World, campaign: Campaign, customerIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { priceShieldDays } = await readPolicy(world)
  const shielded = new Set<string>()
  if (priceShieldDays === 0 || customerIds.length === 0) return shielded
  const offers = await publishedOffers(world, campaign)
  const byTiers = Map.groupBy(campaign.gives, ({ tierCodes }) => JSON.stringify(tierCodes.toSorted()))
  for (const gives of byTiers.values()) {
    const scopes = gives.flatMap((give) => discounts(give, offerOf(offers, give)))
    const [{ tierCodes }] = gives as [Give]
    const who = scopes.length === 0 || tierCodes.length === 0 ? customerIds : await joinedWith(world, campaign.id, tierCodes, customerIds)
    for (const id of await fullPriceBuyersAmong(world, scopes, who, priceShieldDays)) shielded.add(id)
  }
  return shielded
}

const offerOf = (offers: ReadonlyMap<string, Offer>, { offerCode }: Give): Offer | undefined =>
  offerCode === null ? undefined : offers.get(codeKey(offerCode))
