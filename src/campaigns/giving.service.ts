import { couponsByIds } from '../coupons/coupon.service.ts'
import { couponsInForce, issueToEach } from '../coupons/issuing.service.ts'
import { CUSTOMERS } from '../customers/customer.topic.ts'
import { DAY_MS, instant } from '../kernel/clock.ts'
import { type Problem, problem, within } from '../kernel/problem.ts'
import { accept } from '../kernel/result.ts'
import { addressOfLink, makeLinkForEach } from '../links/batch.service.ts'
import { privateLinksByIds } from '../links/link.service.ts'
import { codeKey, type RuleOf } from '../pricebook/rule.model.ts'
import { rulesByCode } from '../pricebook/rule.service.ts'
import { tierFault, tiersByCode } from '../pricebook/terms.model.ts'
import type { Offer } from '../pricing/rule.ts'
import { publicUrl } from '../shell/public-url.ts'
import { sealOf } from '../shell/seal.ts'
import { changed } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import { currentTiers } from '../tiers/tier.service.ts'
import type { Campaign, CampaignTerms, Give, Step } from './campaign.model.ts'
import { findCampaignRow, holdCampaign } from './campaign.store.ts'
import { mostDiscount } from './discount.rules.ts'
import { offerFault } from './give.rules.ts'
import { type Given, listOwing, listUngiven, noteCoupons, noteGiven, noteLinks, readGiven, writeOwing } from './giving.store.ts'
import { whoJustJoined } from './joining.store.ts'
import { shareCampaigns } from './work.store.ts'

/** So many customers are given something in one transaction, and so many such in one turn. */
const AT_ONCE = 5_000
const TURNS = 20

/** Why a campaign that is to begin cannot give what it says; null: it can. What its control group could have too is not given. */
export async function giveFault(world: World, campaign: CampaignTerms): Promise<Problem | null> {
  const fault = await faultAmong(world, campaign, true)
  return fault && { ...fault, path: ['code'] }
}

/** The same when it is saved: its offers need not be in force before it begins. */
export async function savedGiveFault(world: World, campaign: CampaignTerms): Promise<Problem | null> {
  const fault = await faultAmong(world, campaign, false)
  return fault && within(fault, 'input')
}

async function faultAmong(world: World, { code, gives }: CampaignTerms, starting: boolean): Promise<Problem | null> {
  if (gives.length === 0) return null
  const offers = await offersGiven(world, gives)
  const tierOf = tiersByCode(await currentTiers(world))
  for (const [i, give] of gives.entries()) {
    const offer = give.offerCode === null ? undefined : offers.get(codeKey(give.offerCode))
    const tiers = give.tierCodes.map((tierCode) => tierFault(tierCode, 'tierCodes', tierOf))
    const fault =
      offerFault(give, offer, code, world.now, starting) ?? (await linkFault(world, give)) ?? tiers.find((one) => one !== null) ?? null
    if (fault !== null) return within(fault, 'gives', i)
  }
  return null
}

/** A link's token is written into each message that is due: it must be kept until then, and lead somewhere. */
async function linkFault(world: World, { as }: Give): Promise<Problem | null> {
  if (as !== 'LINK') return null
  if (sealOf(world.memory) === null)
    return problem('CONFLICT', 'Private links of a campaign are kept sealed until they are sent: start the server with REGULARS_SECRET.', [
      'link',
    ])
  const { privateLinkUrl } = await readShop(world)
  return privateLinkUrl === null && publicUrl(world.memory) === null
    ? problem(
        'CONFLICT',
        'Nobody has said where private links lead: set privateLinkUrl of the shop, or start the server with REGULARS_PUBLIC_URL.',
        ['link'],
      )
    : null
}

/** The offers that a campaign gives, by their folded codes. */
async function offersGiven(world: World, gives: readonly Give[]): Promise<ReadonlyMap<string, RuleOf<'OFFER'>>> {
  const codes = gives.flatMap(({ offerCode }) => offerCode ?? [])
  const rules = codes.length === 0 ? [] : await rulesByCode(world, codes)
  return new Map(rules.flatMap((rule) => (rule.kind === 'OFFER' ? [[codeKey(rule.code), rule as RuleOf<'OFFER'>] as const] : [])))
}

/** What is in force of them. */
export async function publishedOffers(world: World, { gives }: Campaign): Promise<ReadonlyMap<string, Offer>> {
  const offers = await offersGiven(world, gives)
  return new Map([...offers].flatMap(([key, { published }]) => (published === null ? [] : [[key, published.terms] as const])))
}

/**
 * Those who joined at this instant are let have what the campaign's offers give, in the transaction that let them in. Coupons for a
 * million are made after it, piece by piece (giveDue).
 */
export async function giveToJoined(world: World, campaign: Campaign): Promise<void> {
  const who = await whoJustJoined(world, campaign.id)
  if (who !== 'ALL' && who.length === 0) return
  changed(world, CUSTOMERS, who)
  // Last of all: whoever pauses the campaign meanwhile waits for nobody.
  if (campaign.gives.some(({ as }) => as === 'COUPON')) world.beforeCommit(() => writeOwing(world, campaign.id, true))
}

/** Gives those who take part what they were not given yet; what is left after a while, at the next pulse. */
export async function giveDue(world: World): Promise<void> {
  for (const code of await listOwing(world)) await giveOwed(world, code)
}

async function giveOwed(world: World, code: string): Promise<void> {
  const campaign = await findCampaignRow(world, code)
  if (campaign === null) return
  let turns = 0
  for (const [i, give] of campaign.gives.entries()) {
    if (give.as !== 'COUPON' || give.offerCode === null || (await offerIsOut(world, give.offerCode))) continue
    for (let after: string | null = null; ; ) {
      if (turns++ >= TURNS) return
      const ids: readonly string[] = await listUngiven(world, campaign.id, i + 1, give.tierCodes, after, AT_ONCE)
      await transact(world, async (tx) => {
        await shareCampaigns(tx)
        await giveCoupons(tx, campaign, give, i + 1, ids)
        return accept(true)
      })
      if (ids.length < AT_ONCE) break
      after = ids.at(-1) ?? null
    }
  }
  await settleOwing(world, campaign)
}

/** An offer that was retired, or is over, gives nothing; once it is in force again it does. */
async function offerIsOut(world: World, code: string): Promise<boolean> {
  const found = await transact(world, async (tx) => accept(await couponsInForce(tx, code)))
  return !found.ok || found.value === null
}

/** Nothing is owed any more, unless somebody joined meanwhile: who lets them in says so after this, or is seen. */
function settleOwing(world: World, { code }: Campaign) {
  return transact(world, async (tx) => {
    const held = await holdCampaign(tx, code)
    if (held === null) return accept(false)
    for (const [i, give] of held.gives.entries())
      if (give.as === 'COUPON' && (await listUngiven(tx, held.id, i + 1, give.tierCodes, null, 1)).length > 0) return accept(false)
    await writeOwing(tx, held.id, false)
    return accept(true)
  })
}

/** Coupons for those of these customers who may have them and have none; each once, whoever gives, whatever breaks off. */
async function giveCoupons(world: World, campaign: Campaign, give: Give, number: number, customerIds: readonly string[]): Promise<void> {
  if (give.offerCode === null || customerIds.length === 0) return
  const offer = await couponsInForce(world, give.offerCode)
  if (offer === null) return
  const owners = await noteGiven(world, campaign.id, number, give.tierCodes, customerIds)
  if (owners.length > 0) await noteCoupons(world, campaign.id, number, owners, await issueToEach(world, offer, owners, give))
}

/** A private link of their own for those of these customers who may have one and have none. */
async function giveLinks(world: World, campaign: Campaign, give: Give, number: number, customerIds: readonly string[]): Promise<void> {
  const seal = sealOf(world.memory)
  if (give.linkTerms === null || seal === null || customerIds.length === 0) return
  const owners = await noteGiven(world, campaign.id, number, give.tierCodes, customerIds)
  if (owners.length === 0) return
  const validUntil = give.validDays === null ? campaign.endsAt : instant(world.now + give.validDays * DAY_MS)
  const terms = { ...give.linkTerms, note: null, audience: null, validFrom: null, validUntil, maxUsesPerCustomer: null }
  const links = await makeLinkForEach(world, terms, owners, campaign.id)
  const sealed = links.map(({ customerId, linkId, token }) => ({ customerId, linkId, sealed: seal.close(token, sealedFor(world, linkId)) }))
  await noteLinks(world, campaign.id, number, sealed)
}

/** What a sealed token is good for: this link, and nothing else. */
const sealedFor = ({ shopId }: World, linkId: string): string => `campaign link ${shopId}/${linkId}`

type Said = Readonly<Record<string, unknown>>

/**
 * What the message of each of these customers may say besides what is known of them: a coupon, a link, offers; by customer. What they were
 * not given yet they are given now, in the transaction of whoever queues the message: a message that was never queued gave nothing.
 */
export async function variablesOf(
  world: World,
  campaign: Campaign,
  _step: Step,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, Said>> {
  if (campaign.gives.length === 0) return new Map()
  for (const [i, give] of campaign.gives.entries()) {
    if (give.as === 'COUPON') await giveCoupons(world, campaign, give, i + 1, customerIds)
    if (give.as === 'LINK') await giveLinks(world, campaign, give, i + 1, customerIds)
  }
  const given = Map.groupBy(await readGiven(world, [campaign.id], customerIds), ({ customerId }) => customerId)
  const all = [...given.values()].flat()
  const coupons = await couponsSaid(world, all)
  const links = await linksSaid(world, all)
  const offers = await offersSaid(world, campaign)
  return new Map(
    customerIds.map((id) => {
      const own = given.get(id) ?? []
      const coupon = own.flatMap(({ couponIds }) => couponIds.flatMap((couponId) => coupons.get(couponId) ?? []))[0]
      const link = own.flatMap(({ linkId }) => (linkId === null ? [] : (links.get(linkId) ?? [])))[0]
      return [
        id,
        {
          ...(coupon === undefined ? {} : { coupon }),
          ...(link === undefined ? {} : { link }),
          ...(offers.length === 0 ? {} : { offers }),
        },
      ]
    }),
  )
}

/** Those that can be used: a message names no other. */
async function couponsSaid(world: World, given: readonly Given[]): Promise<ReadonlyMap<string, Said>> {
  const coupons = await couponsByIds(
    world,
    given.flatMap(({ couponIds }) => couponIds),
    world.now,
  )
  return new Map(
    coupons
      .filter(({ status }) => status === 'AVAILABLE')
      .map(({ id, code, offerName, offerCode, validUntil }) => [
        id,
        { code, name: offerName, offer_code: offerCode, ...until(validUntil) },
      ]),
  )
}

async function linksSaid(world: World, given: readonly Given[]): Promise<ReadonlyMap<string, Said>> {
  const seal = sealOf(world.memory)
  const sealed = new Map(given.flatMap((one) => (one.linkId === null || one.sealed === null ? [] : [[one.linkId, one.sealed] as const])))
  if (seal === null || sealed.size === 0) return new Map()
  const { privateLinkUrl } = await readShop(world)
  const links = await privateLinksByIds(world, [...sealed.keys()])
  return new Map(
    links.flatMap(({ id, name, status, validUntil }) => {
      const token = seal.open(Buffer.from(sealed.get(id) ?? '', 'hex'), sealedFor(world, id))
      const url = status === 'ACTIVE' && token !== null ? addressOfLink(world, privateLinkUrl, token) : null
      return url === null ? [] : [[id as string, { url, name, ...until(validUntil) }] as const]
    }),
  )
}

/** What comes by itself ends with the campaign at the latest. */
async function offersSaid(world: World, { gives, endsAt }: Campaign): Promise<Said[]> {
  const offers = await offersGiven(
    world,
    gives.filter(({ as }) => as === 'OFFER'),
  )
  return [...offers.values()].flatMap(({ published }) => {
    if (published === null) return []
    const { code, name, trigger, validUntil } = published.terms
    const ends = [validUntil, trigger === 'AUTOMATIC' ? endsAt : null].filter((at) => at !== null)
    return [{ code, name, ...until(ends.length === 0 ? null : Math.min(...ends)) }]
  })
}

const until = (at: number | null): Said => (at === null ? {} : { valid_until: new Date(at).toISOString() })

/** What the discounts of so many customers may come to at most, in minor units; null: nobody can say. Of links, whose prices are set by hand, nobody can. */
export async function possibleDiscount(world: World, campaign: Campaign, customers: number): Promise<number | null> {
  const offers = await publishedOffers(world, campaign)
  let sum = 0
  for (const give of campaign.gives) {
    const offer = give.offerCode === null ? undefined : offers.get(codeKey(give.offerCode))
    const most = offer === undefined ? null : mostDiscount(offer, give, customers)
    if (most === null) return null
    sum += most
  }
  return Math.min(sum, Number.MAX_SAFE_INTEGER)
}
