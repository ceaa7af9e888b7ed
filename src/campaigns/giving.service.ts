import { couponsInForce, issueToEach } from '../coupons/issuing.service.ts'
import { CUSTOMERS } from '../customers/customer.topic.ts'
import { type Problem, within } from '../kernel/problem.ts'
import { accept } from '../kernel/result.ts'
import { codeKey, type RuleOf } from '../pricebook/rule.model.ts'
import { rulesByCode } from '../pricebook/rule.service.ts'
import { tierFault, tiersByCode } from '../pricebook/terms.model.ts'
import { changed } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import { currentTiers } from '../tiers/tier.service.ts'
import type { Campaign, CampaignTerms, Give, Step } from './campaign.model.ts'
import { findCampaignRow, holdCampaign } from './campaign.store.ts'
import { offerFault } from './give.rules.ts'
import { listOwing, listUngiven, noteCoupons, noteGiven, writeOwing } from './giving.store.ts'
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
    const fault = offerFault(give, offer, code, world.now, starting) ?? tiers.find((one) => one !== null) ?? null
    if (fault !== null) return within(fault, 'gives', i)
  }
  return null
}

/** The offers that a campaign gives, by their folded codes. */
async function offersGiven(world: World, gives: readonly Give[]): Promise<ReadonlyMap<string, RuleOf<'OFFER'>>> {
  const codes = gives.flatMap(({ offerCode }) => offerCode ?? [])
  const rules = codes.length === 0 ? [] : await rulesByCode(world, codes)
  return new Map(rules.flatMap((rule) => (rule.kind === 'OFFER' ? [[codeKey(rule.code), rule as RuleOf<'OFFER'>] as const] : [])))
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

/** What the message of each of these customers may say besides what is known of them: coupons, a link, offers. By customer. */
export async function variablesOf(
  _world: World,
  _campaign: Campaign,
  _step: Step,
  _customerIds: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  return new Map()
}
