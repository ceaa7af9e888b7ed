import type { Access } from '../../../src/api/shared/context.ts'
import { letJoin } from '../../../src/campaigns/joining.service.ts'
import { saveProvider } from '../../../src/messages/provider.service.ts'
import { sendDue } from '../../../src/messages/sending.service.ts'
import { carry } from '../../campaigns/running.ts'
import { customers, orders, products, publish, publishLadder, saveLadder, saveOffer, tiers } from '../../harness/acts.ts'
import { held } from '../../harness/checkout.ts'
import { couponOffer, give } from '../../harness/coupons.ts'
import { FAR, schedule } from '../../harness/history.ts'
import type { TestShop } from '../../harness/shop.ts'
import { inDoubt, mailServer, mailTemplate, queue } from '../../messages/mailing.ts'

/** One valid way to ask a field of an API, in a shop that was furnished. */
export type Example = {
  /** It names nothing, and tells figures alone: those of another shop are others. */
  readonly figures?: true
  readonly needs: Access
  readonly query: string
  readonly variables?: (names: Names) => object
  /** What it answers is the same for every shop. */
  readonly tellsOfNoShop?: true
  /** Storefront: what more a trusted caller may say, each as the variables that say it. A browser is refused. */
  readonly trusted?: Readonly<Partial<Record<'customer' | 'listPrice' | 'explain', (names: Names) => object>>>
}

/** The ids of what is in a furnished shop; everything else is named by its code. */
export type Names = {
  readonly mei: string
  /** The code of a tier that nobody has. */
  readonly spareTier: string
  readonly merged: string
  readonly spareKey: string
  /** A held reservation, and others that are there to be committed and released. */
  readonly held: string
  readonly toCommit: string
  readonly toRelease: string
  /** A coupon of mei's, and a batch of single-use codes. */
  readonly coupon: string
  readonly batch: string
  readonly privateLink: string
  readonly linkBatch: string
  /** Of the same link. */
  readonly token: string
  /** A publication that waits. */
  readonly publication: string
  /** A call that somebody is to make. */
  readonly task: string
  /** A message of which nobody knows whether it went. */
  readonly doubtful: string
}

/**
 * A shop with one of everything, so that each example has something of its own to look at or to change. What it calls its
 * things has `secret` in it: an answer with that word in it has looked into this shop.
 */
export async function furnish(shop: TestShop, secret: string): Promise<Names> {
  await shop.admin('mutation ($name: String!) { updateShop(input: { name: $name }) { code } }', { name: secret })
  const listener = (code: string) =>
    shop.admin('mutation ($input: WebhookSubscriptionInput!) { saveWebhookSubscription(input: $input) { secret } }', {
      input: { code, url: 'https://receiver.invalid/', topics: ['order.recorded'], description: secret },
    })
  for (const code of ['erp', 'spare']) await listener(code)
  await tiers(shop, 'silver', 'gold', 'spare', secret)
  await shop.admin('mutation ($name: String!) { saveTier(input: { code: "gold", name: $name, rank: 2 }) { id } }', { name: secret })
  await products(shop, { A: { listPrice: 10_000, name: secret } })
  await shop.storefront('mutation ($name: String!) { upsertCompanies(companies: [{ externalId: "acme", name: $name }]) }', { name: secret })
  await shop.admin('mutation { pinCompanyTier(externalId: "acme", tierCode: "silver", reason: "first") { id } }')
  const person = (email: string) => ({ name: secret, email, emailVerified: true })
  await customers(shop, {
    mei: { ...person('mei@example.com'), companyExternalId: 'acme' },
    li: person('li@example.com'),
    wang: { phone: '13800138000' },
    zhao: {},
  })
  await orders(shop, ['mei', 'A', 10_000, 1, '2026-01-05T03:00:00Z'])
  await shop.storefront(
    'mutation ($id: String!) { recordOrders(orders: [{ externalId: "o1", customer: { externalId: "mei" }, placedAt: "2026-02-05T03:00:00Z", lines: [{ id: $id, sku: "A", quantity: 1, unitPrice: 9000 }] }]) { id } }',
    { id: secret },
  )
  await shop.storefront(
    'mutation ($name: String!) { recordOrders(orders: [{ externalId: "o2", channel: $name, placedAt: "2026-02-05T03:00:00Z", lines: [{ sku: "A", quantity: 1, unitPrice: 9000 }] }]) { id } }',
    { name: secret },
  )
  await shop.admin('mutation { pinTier(customer: { externalId: "mei" }, tierCode: "gold", reason: "first") { id } }')
  await shop.admin(
    'mutation ($code: String!) { pinTier(customer: { externalId: "li" }, tierCode: $code, reason: "first") { id } setGroupTarget(kind: TIER, group: $code, targetShare: 80, direction: AT_LEAST) { group } evaluateTiers { promoted } }',
    { code: secret },
  )
  await shop.admin('mutation { setGroupTarget(kind: TIER, group: "gold", targetShare: 1, direction: AT_LEAST) { group } }')
  await shop.admin('mutation ($name: String!) { saveRfmMap(input: { name: $name, kind: EIGHT_CLASSES }) { version } }', { name: secret })
  await shop.admin('mutation ($tag: String!) { tagCustomers(customers: [{ externalId: "mei" }], add: [$tag]) }', { tag: secret })
  await publishLadder(shop, 'members', { gold: 10 }, { name: secret })
  const segment = (code: string) =>
    shop.admin('mutation ($input: SegmentInput!) { saveSegment(input: $input) { id } }', {
      input: { code, name: secret, query: 'number_of_orders >= 1' },
    })
  for (const code of ['buyers', 'regulars', 'spare']) await segment(code)
  const rule = (tag: string) =>
    shop.admin('mutation ($tag: String!) { saveTagRule(input: { tag: $tag, query: "number_of_orders >= 1" }) { tag } }', { tag })
  for (const tag of [`${secret}-by-rule`, 'spare']) await rule(tag)
  await saveLadder(shop, { code: 'ended', name: secret, rungs: [{ adjustment: { percentOff: 1 } }] })
  await publish(shop, 'ended')
  await saveLadder(shop, { code: 'ready', name: secret, rungs: [{ adjustment: { percentOff: 2 } }] })
  await saveLadder(shop, { code: 'members', name: `New ${secret}`, rungs: [{ adjustment: { percentOff: 3 } }] })
  await saveLadder(shop, { code: 'soon', name: secret, rungs: [{ adjustment: { percentOff: 4 } }] })
  await saveLadder(shop, { code: secret, name: secret, rungs: [{ adjustment: { percentOff: 5 } }] })
  const publication = (await schedule(shop, FAR, secret)).id
  await saveOffer(shop, { code: 'welcome', name: secret, level: 'PRODUCT', product: { adjustment: { amountOff: 100 } } })
  await couponOffer(shop, 'thanks', { claimable: true, perCustomer: 1_000 }, { name: secret })
  const coupon = await give(shop, 'thanks', 'mei')
  const { createCouponCodes } = await shop.admin('mutation { createCouponCodes(offerCode: "thanks", count: 2) { id } }')
  await saveOffer(shop, { code: 'jumping', name: secret, level: 'PRODUCT', product: { adjustment: { percentOff: 50 } } })
  const campaign = (code: string) =>
    shop.admin('mutation ($input: CampaignInput!) { saveCampaign(input: $input) { id } }', {
      input: {
        code,
        name: secret,
        kind: 'RECALL',
        controlPercent: 0,
        start: { kind: 'ONCE', at: FAR },
        steps: [{ channels: ['EMAIL'], templateCode: 'recall' }],
      },
    })
  for (const code of ['recall', 'ready', 'soon', 'running', 'paused', 'spare']) await campaign(code)
  const hello = { channel: 'EMAIL', subject: secret, text: `${secret} {{ customer.name }}` }
  await shop.admin('mutation ($input: MessageTemplateInput!) { saveMessageTemplate(input: $input) { code } }', {
    input: { code: 'hello', name: secret, variants: [hello] },
  })
  // Nobody listens there.
  await mailServer(shop, { port: 9 }, { name: secret })
  await carry(shop, 'recall')
  await shop.admin(
    'mutation { one: startCampaign(code: "running") { id } two: startCampaign(code: "paused") { id } pauseCampaign(code: "paused") { id } }',
  )
  await letJoin(shop.world(), 'running')
  const [doubtful = ''] = await inDoubt(shop, await queue(shop, 'hello', ['mei']))
  const idOf = async (externalId: string) =>
    (await shop.admin('query ($ref: CustomerRef!) { customer(ref: $ref) { id } }', { ref: { externalId } })).customer.id
  const [mei, merged] = [await idOf('mei'), await idOf('zhao')]
  await shop.admin('mutation { mergeCustomers(from: { externalId: "zhao" }, into: { externalId: "wang" }, reason: "same person") { id } }')
  const { createKey } = await shop.admin('mutation ($name: String!) { createKey(input: { kind: PUBLISHABLE, name: $name }) { id } }', {
    name: secret,
  })
  await shop.admin('mutation ($input: TouchPolicyInput!) { saveTouchPolicy(input: $input) { waitAtMostDays } }', {
    input: { caps: [{ most: 1_000, rollingDays: 1, audience: `customer_tags CONTAINS '${secret}'` }] },
  })
  const reserved = async () => (await held(shop, { cart: { A: 1 }, as: 'mei', lineId: secret })).id
  const { createPrivateLink } = await shop.admin(
    'mutation ($input: PrivateLinkInput!) { createPrivateLink(input: $input) { token link { id } } }',
    {
      input: { name: secret, message: secret, items: [{ sku: 'A', adjustment: { percentOff: 5 } }], maxUses: null },
    },
  )
  const { token, link } = createPrivateLink
  const { createPrivateLinks } = await shop.admin(
    'mutation ($input: PrivateLinkInput!) { createPrivateLinks(input: $input, query: "number_of_orders >= 1") { batchId } }',
    { input: { name: secret, items: [{ sku: 'A', adjustment: { percentOff: 5 } }] } },
  )
  await shop.admin('mutation ($input: BroadcastInput!) { saveBroadcast(input: $input) { code } }', {
    input: { code: 'news', name: secret, place: 'FEED', text: secret, url: 'https://shop.example/' },
  })
  return {
    mei,
    spareTier: secret,
    merged,
    spareKey: createKey.id,
    held: await reserved(),
    toCommit: await reserved(),
    toRelease: await reserved(),
    coupon,
    batch: createCouponCodes.id,
    privateLink: link.id,
    linkBatch: createPrivateLinks.batchId,
    token,
    publication,
    task: await aCall(shop, secret),
    doubtful,
  }
}

/** A call to mei that lies with the shop's people. */
async function aCall(shop: TestShop, secret: string): Promise<string> {
  const saved = await saveProvider(shop.world(), {
    code: 'calls',
    channel: 'PHONE',
    kind: 'TASK',
    name: secret,
    settings: {},
    enabled: true,
    ratePerSecond: null,
    costMinor: 0,
  })
  if (!saved.ok) throw new Error(saved.problem.message)
  await mailTemplate(shop, 'call', { channel: 'PHONE', text: `Ask how it was: ${secret}` })
  const [queued] = await queue(shop, 'call', ['wang'], { channel: 'PHONE', purpose: 'CARE' })
  if (queued?.kind !== 'QUEUED') throw new Error('a call was not queued')
  await sendDue(shop.world())
  return queued.id
}
