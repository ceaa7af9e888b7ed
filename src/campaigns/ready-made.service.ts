import { trace } from '../audit/audit.service.ts'
import { instant } from '../kernel/clock.ts'
import { currencyDigits } from '../kernel/currency.ts'
import { minor } from '../kernel/money.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { addToDay, type Day, localTime, startOfDay } from '../kernel/zone.ts'
import type { MessageChannel } from '../messages/message.model.ts'
import { saveTemplate, templatesByCode } from '../messages/template.service.ts'
import { findOffer, saveOffer } from '../offers/offer.service.ts'
import type { ReadyMadeLanguage } from '../segments/ready-made.model.ts'
import { adoptReadyMade } from '../segments/ready-made.service.ts'
import { readLarge } from '../shell/large.ts'
import { transact, type World } from '../shell/world.ts'
import type { Shop } from '../shops/shop.model.ts'
import { readShop } from '../shops/shop.service.ts'
import { currentTiers } from '../tiers/tier.service.ts'
import type { Campaign } from './campaign.model.ts'
import { findCampaign, saveCampaign } from './campaign.service.ts'
import type { Fit, GivenParameter, ReadyMadeCampaign, SetParameter } from './ready-made.model.ts'
import {
  type Adoption,
  adoption,
  checkChannels,
  checkCode,
  checkParameters,
  findReadyMade,
  type Measured,
  parametersFor,
  READY_MADE,
} from './ready-made.rules.ts'
import { bestSellers, findKin, measureParameters } from './ready-made.store.ts'

export type Adoptable = {
  readonly readyMade: ReadyMadeCampaign
  readonly parameters: readonly SetParameter[]
  /** The shop's own campaign of its code. */
  readonly campaign: Campaign | null
}

/** The ready-made campaigns with their figures as they fit the shop. */
export async function adoptableCampaigns(world: World): Promise<Adoptable[]> {
  const shop = await readShop(world)
  const found: Adoptable[] = []
  for (const readyMade of READY_MADE) {
    const parameters = parametersFor(readyMade, await measure(world, readyMade, shop), new Map())
    found.push({ readyMade, parameters, campaign: await findCampaign(world, readyMade.code) })
  }
  return found
}

export type WantedAdoption = {
  readonly code: string
  readonly language: ReadyMadeLanguage
  readonly as: string | null
  readonly channels: readonly MessageChannel[] | null
  readonly parameters: readonly GivenParameter[]
  readonly skus: readonly string[]
}

export type Adopted = {
  readonly campaign: Campaign
  readonly parameters: readonly SetParameter[]
  readonly offerCodes: readonly string[]
  readonly templateCodes: readonly string[]
  readonly segmentCodes: readonly string[]
}

const BEST_SELLERS = 12
const MOST_SKUS = 100
const YEAR_MS = 365 * 86_400_000

/** Saves a ready-made campaign as a draft of the shop's own, with its templates, the drafts of its offers and the segments that it names; all or none. */
export async function adoptCampaign(world: World, wanted: WantedAdoption): Promise<Result<Adopted, Problem>> {
  const readyMade = findReadyMade(wanted.code)
  if (readyMade === undefined)
    return refuse(problem('NOT_FOUND', `There is no ready-made campaign "${wanted.code.slice(0, 100)}".`, ['code']))
  const code = wanted.as ?? readyMade.code
  const channels = wanted.channels ?? ['EMAIL']
  const fault = checkCode(code) ?? checkChannels(channels) ?? goodsFault(readyMade, wanted.skus)
  if (fault !== null) return refuse(fault)
  const set = checkParameters(readyMade, wanted.parameters)
  if (!set.ok) return set
  const shop = await readShop(world)
  const parameters = parametersFor(readyMade, await measure(world, readyMade, shop), set.value)
  const values = new Map(parameters.map(({ parameter, value }) => [parameter.code, value]))
  const goods = await goodsFor(world, readyMade, wanted.skus, values, shop)
  if (!goods.ok) return goods
  const plan = readyMade.plan(await fitOf(world, shop, values, goods.value))
  const whole = adoption(readyMade, plan, { code, language: wanted.language, channels, values })
  return transact(world, async (tx) => {
    const saved = await save(tx, whole, plan.segments, wanted.language)
    if (!saved.ok) return saved
    const after = { readyMade: readyMade.code, language: wanted.language, parameters: Object.fromEntries(values), skus: goods.value }
    await trace(tx, { action: 'adoptCampaign', target: `campaign/${code}`, after })
    return accept({
      campaign: saved.value,
      parameters,
      offerCodes: whole.offers.map((offer) => offer.code),
      templateCodes: whole.templates.map((template) => template.code),
      segmentCodes: plan.segments,
    })
  })
}

async function save(
  tx: World,
  { campaign, templates, offers }: Adoption,
  segments: readonly string[],
  language: ReadyMadeLanguage,
): Promise<Result<Campaign, Problem>> {
  const taken = await takenFault(tx, { campaign, templates, offers })
  if (taken !== null) return refuse(taken)
  if (segments.length > 0) {
    const adopted = await adoptReadyMade(tx, segments, language)
    if (!adopted.ok) return adopted
  }
  for (const template of templates) {
    const saved = await saveTemplate(tx, template)
    if (!saved.ok) return saved
  }
  for (const offer of offers) {
    const saved = await saveOffer(tx, offer, null)
    if (!saved.ok) return saved
  }
  return saveCampaign(tx, campaign)
}

/** What the shop has of these codes already is not written over. */
async function takenFault(tx: World, { campaign, templates, offers }: Adoption): Promise<Problem | null> {
  const taken = (what: string) => problem('CONFLICT', `The shop has ${what} already: adopt it under another code with "as".`, ['as'])
  if ((await findCampaign(tx, campaign.code)) !== null) return taken(`a campaign "${campaign.code}"`)
  const [template] = (
    await templatesByCode(
      tx,
      templates.map(({ code }) => code),
    )
  ).keys()
  if (template !== undefined) return taken(`a template "${template}"`)
  for (const { code } of offers) if ((await findOffer(tx, code)) !== null) return taken(`an offer "${code}"`)
  return null
}

function goodsFault({ goods, code }: ReadyMadeCampaign, skus: readonly string[]): Problem | null {
  const bad = (message: string) => problem('BAD_USER_INPUT', message, ['skus'])
  if (goods === null) return skus.length === 0 ? null : bad(`"${code}" is about no goods of its own: leave skus out.`)
  if (skus.length > MOST_SKUS) return problem('TOO_MANY_ITEMS', `At most ${MOST_SKUS} skus.`, ['skus'])
  return goods.ifNone === 'REFUSE' && skus.length === 0 ? bad('Name in skus the goods that it is about.') : null
}

/** The goods that were said, all of them the shop's, or those that sell best. */
async function goodsFor(
  world: World,
  { goods }: ReadyMadeCampaign,
  skus: readonly string[],
  values: ReadonlyMap<string, number>,
  shop: Shop,
): Promise<Result<readonly string[], Problem>> {
  if (goods === null) return accept([])
  const said = [...new Set(skus)]
  if (said.length > 0) {
    const known = new Set((await findKin(world, said)).map(({ sku }) => sku))
    const i = skus.findIndex((sku) => !known.has(sku))
    return i === -1 ? accept(said) : refuse(problem('NOT_FOUND', `There is no product "${skus[i]?.slice(0, 100)}".`, ['skus', i]))
  }
  if (typeof goods.ifNone !== 'object') return accept([])
  const most = (values.get(goods.ifNone.bestSellersUpTo) ?? 0) * unitOf(shop)
  const found = await readLarge(world, (tx) => bestSellers(tx, most, instant(world.now - YEAR_MS), BEST_SELLERS))
  if (found.length > 0) return accept(found)
  return refuse(problem('BAD_USER_INPUT', 'Nothing was sold at that price level within a year: name the goods in skus.', ['skus']))
}

const unitOf = ({ currency }: Shop): number => 10 ** currencyDigits(currency)

/** Amounts in major units, as queries write them. */
async function measure(world: World, { parameters }: ReadyMadeCampaign, shop: Shop): Promise<Measured> {
  const unit = unitOf(shop)
  const measured = await measureParameters(world, parameters)
  return new Map([...measured].map(([code, figure]) => [code, figure === null ? null : figure / unit]))
}

async function fitOf(world: World, shop: Shop, values: ReadonlyMap<string, number>, skus: readonly string[]): Promise<Fit> {
  const at = (code: string): number => {
    const value = values.get(code)
    if (value === undefined) throw new Error(`a ready-made campaign asks for a parameter "${code}" that it has not`)
    return value
  }
  const kin = await findKin(world, skus)
  const { day } = localTime(world.now, shop.timeZone)
  return {
    at,
    minor: (code) => minor(Math.min(at(code) * unitOf(shop), Number.MAX_SAFE_INTEGER)),
    skus,
    categories: [...new Set(kin.flatMap(({ categories }) => categories))].sort(),
    brands: [...new Set(kin.flatMap(({ brand }) => brand ?? []))].sort(),
    tierCodes: (await currentTiers(world)).toSorted((a, b) => a.rank - b.rank).map((tier) => tier.code),
    dayOfMonth: (number, daysAfter) => startOfDay(addToDay(nextSuch(day, number), daysAfter, 'days'), shop.timeZone),
    inDays: (count) => startOfDay(addToDay(day, count, 'days'), shop.timeZone),
  }
}

/** The first day of that number that is three days ahead or more: time to look at it. */
function nextSuch(today: Day, number: number): Day {
  let day = addToDay(today, 3, 'days')
  while (Number(day.slice(8)) !== number) day = addToDay(day, 1, 'days')
  return day
}
