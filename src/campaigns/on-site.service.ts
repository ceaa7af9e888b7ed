import { couponsByIds } from '../coupons/coupon.service.ts'
import type { Instant } from '../kernel/clock.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { localTime } from '../kernel/zone.ts'
import { isCampaignCode } from '../pricebook/audience.model.ts'
import { readBook } from '../pricebook/book.service.ts'
import { codeKey } from '../pricebook/rule.model.ts'
import type { Offer } from '../pricing/rule.ts'
import { transact, type World } from '../shell/world.ts'
import { offersOf } from '../shoppers/offers.service.ts'
import { readShoppers } from '../shoppers/shopper.service.ts'
import { readShop } from '../shops/shop.service.ts'
import { noteSeen } from '../touches/on-site.service.ts'
import type { Campaign, Give } from './campaign.model.ts'
import { findCampaignRows } from './campaign.store.ts'
import { readGiven } from './giving.store.ts'
import { listShown, type NewEvent, writeEvents } from './on-site.store.ts'

/** What a campaign gives a shopper, as they see it. `couponCode`: of a coupon that they can use. */
export type Gift = {
  readonly as: Give['as']
  readonly name: string
  readonly description: string | null
  readonly validUntil: Instant | null
  readonly couponCode: string | null
}
export type ShownCampaign = { readonly campaign: Campaign; readonly language: string | null; readonly gifts: readonly Gift[] }

/** What each of these customers is shown of campaigns on site, in the order of the ids. Nobody of a control group is shown anything. */
export async function campaignsShownTo(world: World, customerIds: readonly string[]): Promise<ShownCampaign[][]> {
  const shown = await listShown(world, customerIds)
  if (shown.length === 0) return customerIds.map(() => [])
  const campaigns = await findCampaignRows(world, [...new Set(shown.map(({ code }) => code))])
  const byCode = new Map(campaigns.map((campaign) => [campaign.code, campaign]))
  const book = await readBook(world)
  const shoppers = (await readShoppers(world, book, customerIds)).map((shopper, i) => ({ id: customerIds[i], shopper }))
  const there = shoppers.flatMap(({ shopper }) => shopper ?? [])
  const had = new Map((await offersOf(world, book, there)).map((offers, i) => [there[i]?.id, offers.map(({ offer }) => offer)] as const))
  const coupons = await couponsGiven(world, campaigns, customerIds)
  return shoppers.map(({ id, shopper }) =>
    shown.flatMap(({ customerId, code }) => {
      const campaign = customerId === id ? byCode.get(code) : undefined
      if (campaign === undefined || id === undefined || shopper === null) return []
      const gifts = campaign.gives.flatMap((give, i) => [
        ...(coupons.get(keyOf(campaign.id, i + 1, id)) ?? []),
        ...(give.as === 'OFFER'
          ? asGift(
              campaign,
              had.get(id)?.find((offer) => isOf(give, offer)),
            )
          : []),
      ])
      return [{ campaign, language: shopper.facts.language, gifts }]
    }),
  )
}

const isOf = ({ offerCode }: Give, { code }: Offer): boolean => offerCode !== null && codeKey(offerCode) === codeKey(code)
const keyOf = (campaignId: string, give: number, customerId: string): string => `${campaignId}/${give}/${customerId}`

/** What comes by itself ends with the campaign at the latest. */
function asGift({ endsAt }: Campaign, offer: Offer | undefined): Gift[] {
  if (offer === undefined) return []
  const ends = [offer.validUntil, offer.trigger === 'AUTOMATIC' ? endsAt : null].filter((at) => at !== null)
  const validUntil = ends.length === 0 ? null : (Math.min(...ends) as Instant)
  return [{ as: 'OFFER', name: offer.name, description: offer.description, validUntil, couponCode: null }]
}

/** The coupons that campaigns gave these customers and that they can still use, by campaign, number of the give and customer. */
async function couponsGiven(
  world: World,
  campaigns: readonly Campaign[],
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, Gift[]>> {
  const given = await readGiven(
    world,
    campaigns.map(({ id }) => id),
    customerIds,
  )
  const coupons = await couponsByIds(
    world,
    given.flatMap(({ couponIds }) => couponIds),
  )
  const good = new Map(coupons.filter(({ status }) => status === 'AVAILABLE').map((coupon) => [coupon.id as string, coupon]))
  return new Map(
    given.map(({ campaignId, give, customerId, couponIds }) => [
      keyOf(campaignId, give, customerId),
      couponIds.flatMap((id): Gift[] => {
        const coupon = good.get(id)
        return coupon === undefined
          ? []
          : [{ as: 'COUPON', name: coupon.offerName, description: null, validUntil: coupon.validUntil, couponCode: coupon.code }]
      }),
    ]),
  )
}

const MOST_EVENTS = 100

/**
 * Writes down what a shopper (null: nobody is identified) did with campaigns on site, each once a day of the shop's; how much of it was
 * new is the answer. What they take no part in is passed over: nobody learns from it who is in a control group.
 */
export async function recordCampaignEvents(
  world: World,
  customerId: string | null,
  events: readonly NewEvent[],
): Promise<Result<number, Problem>> {
  if (events.length > MOST_EVENTS) return refuse(problem('TOO_MANY_ITEMS', `At most ${MOST_EVENTS} events at once.`, ['events']))
  const told = events.filter(({ campaign }) => isCampaignCode(campaign))
  if (customerId === null || told.length === 0) return accept(0)
  return transact(world, async (tx) => {
    const { day } = localTime(tx.now, (await readShop(tx)).timeZone)
    const written = await writeEvents(tx, customerId, day, told)
    const seen = written.filter(({ kind }) => kind === 'SEEN')
    await noteSeen(
      tx,
      seen.map(({ campaignId, code, isCare }) => ({
        key: `on-site/${campaignId}/${customerId}/${day}`,
        customerId,
        purpose: isCare ? 'CARE' : 'MARKETING',
        campaignId,
        campaignCode: code,
      })),
    )
    return accept(written.length)
  })
}
