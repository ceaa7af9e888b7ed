import { expect, test } from 'vitest'
import { runCampaigns } from '../../src/campaigns/pulse.service.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { customers, products, publish, publishOffer, quote, saveOffer, tiers } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { couponOffer, offersOf, wallet } from '../harness/coupons.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { membersOf, saveCampaign, start } from './running.ts'

// What a campaign gives comes to those who take part, each once; its control group gets nothing of it.

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
type Answer = any

const MANY = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`c${i}`, {}]))
const TEN_OFF = { level: 'PRODUCT', product: { adjustment: { percentOff: 10 } } }
const COUPON = { offerCode: 'thanks', as: 'COUPON' }

async function sides(shop: TestShop, code: string): Promise<{ treated: string[]; control: string[] }> {
  const members = await membersOf(shop, code)
  const of = (treated: boolean) => members.filter((member) => member.treated === treated).map(({ who }) => who)
  return { treated: of(true), control: of(false) }
}

const shown = async (shop: TestShop, who: string, language?: string): Promise<Answer[]> =>
  (
    await shop.storefront(
      `query ($c: CustomerRef!, $l: String) { shopper(customer: $c) { campaigns(language: $l) {
        code title text url validUntil gifts { as name description validUntil couponCode } } } }`,
      { c: { externalId: who }, l: language },
    )
  ).shopper.campaigns
const tell = async (shop: TestShop, who: string, ...events: readonly (readonly [string, string])[]): Promise<number> =>
  (
    await shop.storefront('mutation ($e: [CampaignEventInput!]!, $c: CustomerRef!) { recordCampaignEvents(events: $e, customer: $c) }', {
      e: events.map(([campaign, kind]) => ({ campaign, kind })),
      c: { externalId: who },
    })
  ).recordCampaignEvents

test('a campaign works with nothing sent at all: shown on site, with a coupon and a price of its own, never to its control group', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { ...MANY, c0: { language: 'zh-CN' } })
  await publishOffer(shop, { code: 'back', name: 'Welcome back', description: 'For a week', ...TEN_OFF, campaign: 'spring' })
  await couponOffer(shop, 'thanks', {}, { name: 'Thank you', campaign: 'spring', product: { adjustment: { percentOff: 20 } } })
  const endsAt = new Date(Date.now() + 7 * 86_400_000)
  await saveCampaign(shop, {
    code: 'spring',
    controlPercent: 50,
    steps: [],
    endsAt,
    gives: [
      { ...COUPON, validDays: 3 },
      { offerCode: 'back', as: 'OFFER' },
    ],
    onSite: {
      title: 'We missed you',
      text: 'Come in',
      url: '/spring',
      translations: [{ language: 'zh', title: '好久不见', text: '欢迎回来' }],
    },
  })
  const startedAt = Date.now()
  await start(shop, 'spring')
  const { treated, control } = await sides(shop, 'spring')
  for (const who of control) {
    expect([await shown(shop, who), await wallet(shop, who), await offersOf(shop, who)]).toEqual([[], [], []])
    expect((await quote(shop, who, { A: 1 })).total).toBe(10_000)
    expect(await tell(shop, who, ['spring', 'SEEN'])).toBe(0)
  }
  for (const who of treated) {
    const [coupon] = await wallet(shop, who)
    expect(Date.parse(coupon.validUntil) - startedAt).toBeGreaterThanOrEqual(3 * 86_400_000)
    expect(await shown(shop, who, 'en')).toEqual([
      {
        code: 'spring',
        title: 'We missed you',
        text: 'Come in',
        url: '/spring',
        validUntil: endsAt.toISOString(),
        gifts: [
          { as: 'COUPON', name: 'Thank you', description: null, validUntil: coupon.validUntil, couponCode: coupon.code },
          { as: 'OFFER', name: 'Welcome back', description: 'For a week', validUntil: endsAt.toISOString(), couponCode: null },
        ],
      },
    ])
    expect((await quote(shop, who, { A: 1 })).total).toBe(9_000)
    expect((await quote(shop, who, { A: 1 }, [coupon.code])).total).toBe(8_000)
  }
  const [one = '', other = ''] = treated
  const reader = treated.includes('c0') ? 'c0' : one
  expect((await shown(shop, reader, 'zh-Hans-CN'))[0]).toMatchObject({ title: '好久不见', text: '欢迎回来' })
  // What they saw is an exposure, whoever tells of it how often.
  expect(await tell(shop, one, ['spring', 'SEEN'], ['spring', 'SEEN'], ['spring', 'CLICKED'], ['nothing', 'SEEN'])).toBe(2)
  expect(await tell(shop, one, ['spring', 'SEEN'], ['spring', 'CLICKED'])).toBe(0)
  const { customer } = await shop.admin(
    'query ($c: CustomerRef!) { customer(ref: $c) { touches { nodes { channel purpose campaignCode status } } } }',
    {
      c: { externalId: one },
    },
  )
  expect(customer.touches.nodes).toEqual([{ channel: 'ON_SITE', purpose: 'MARKETING', campaignCode: 'spring', status: 'DELIVERED' }])
  const held = await shop.admin(
    `{ customers(query: "campaign_exposure MATCHES (campaign = 'spring', channel = 'ON_SITE', date = today, count = 1)") { nodes { externalId } } }`,
  )
  expect(held.customers.nodes).toEqual([{ externalId: one }])
  expect(await tell(shop, other, ['spring', 'DISMISSED'])).toBe(1)
  expect(await shown(shop, other)).toEqual([])
  expect((await wallet(shop, other)).length).toBe(1)
})

test('a browser tells of what its own shopper did, and of nobody else', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: {}, bo: {} })
  await saveCampaign(shop, { code: 'hello', steps: [], onSite: { title: 'Hello' } })
  await start(shop, 'hello')
  const { issueShopperToken } = await shop.storefront('mutation { issueShopperToken(customer: { externalId: "mei" }) { token } }')
  const browser = { ...bearer(shop.keys.publishable), 'x-shopper-token': issueShopperToken.token }
  const EVENT = 'mutation ($c: CustomerRef) { recordCampaignEvents(events: [{ campaign: "hello", kind: SEEN }], customer: $c) }'
  const asked = await shop.ask('/storefront/graphql', browser, '{ shopper { campaigns { code title } } }')
  expect(asked.data).toEqual({ shopper: { campaigns: [{ code: 'hello', title: 'Hello' }] } })
  expect((await shop.ask('/storefront/graphql', browser, EVENT)).data).toEqual({ recordCampaignEvents: 1 })
  expect((await shop.ask('/storefront/graphql', bearer(shop.keys.publishable), EVENT)).data).toEqual({ recordCampaignEvents: 0 })
  const other = await shop.ask('/storefront/graphql', browser, EVENT, { c: { externalId: 'bo' } })
  expect(other.errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
})

test('coupons go to the tiers that they are for, each once, whoever gives at the same time', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'silver', 'gold')
  await products(shop, { A: 10_000 })
  await customers(shop, { mei: 'gold', bo: 'silver', li: null })
  for (const code of ['golden', 'plain']) await couponOffer(shop, code, {}, { campaign: 'tiers' })
  await saveCampaign(shop, {
    code: 'tiers',
    steps: [],
    gives: [
      { offerCode: 'golden', as: 'COUPON', tierCodes: ['gold'], each: 2 },
      { offerCode: 'plain', as: 'COUPON', tierCodes: ['silver'] },
    ],
  })
  await shop.admin('mutation { startCampaign(code: "tiers") { status } }')
  await Promise.all(Array.from({ length: 6 }, () => runCampaigns(shop.world())))
  const named = async (who: string) => (await wallet(shop, who)).map(({ offerName }) => offerName)
  expect([await named('mei'), await named('bo'), await named('li')]).toEqual([['golden', 'golden'], ['plain'], []])
  await runCampaigns(shop.world())
  expect(await named('mei')).toEqual(['golden', 'golden'])
})

test('whoever joins later gets what the campaign gives then', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { mei: { tags: ['x'] }, bo: {} })
  await couponOffer(shop, 'thanks', {}, { campaign: 'daily' })
  await saveCampaign(shop, { code: 'daily', audience: "customer_tags CONTAINS 'x'", start: { kind: 'DAILY' }, steps: [], gives: [COUPON] })
  await start(shop, 'daily')
  expect([(await wallet(shop, 'mei')).length, (await wallet(shop, 'bo')).length]).toEqual([1, 0])
  await customers(shop, { bo: { tags: ['x'] } })
  await runCampaigns(shop.world(new Date(Date.now() + 86_400_000)))
  expect([(await wallet(shop, 'mei')).length, (await wallet(shop, 'bo')).length]).toEqual([1, 1])
  const { em, shopId } = shop.world()
  expect(await rowsOf(em, sql`select owes_gifts from campaign where shop_id = ${shopId}`)).toEqual([{ owes_gifts: false }])
})

test('what the control group would get too is not given, and is said so when it is saved', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { mei: {} })
  const refused = (give: object) =>
    saveCampaign(shop, { code: 'x', steps: [], gives: [give] }).then(
      () => 'saved',
      (error: Error) => error.message.replaceAll('\\"', '"'),
    )
  await publishOffer(shop, { code: 'everybody', ...TEN_OFF })
  await publishOffer(shop, { code: 'theirs', ...TEN_OFF, campaign: 'other' })
  expect(await refused({ offerCode: 'everybody', as: 'OFFER' })).toMatch(/so its control group would get it too: save it with campaign "x"/)
  expect(await refused({ offerCode: 'theirs', as: 'OFFER' })).toMatch(/is kept for campaign "other"/)
  expect(await refused({ offerCode: 'nothing', as: 'OFFER' })).toMatch(/There is no offer "nothing"/)
  expect(await refused({ as: 'COUPON' })).toMatch(/names its offer in offerCode/)
  expect(await refused({ as: 'LINK' })).toMatch(/says in link which products/)
  await saveOffer(shop, { code: 'mine', ...TEN_OFF, campaign: 'x' })
  expect(await refused({ offerCode: 'mine', as: 'COUPON' })).toMatch(/is not had with coupons/)
  expect(await refused({ offerCode: 'mine', as: 'OFFER', tierCodes: ['gold'] })).toMatch(/name tiers in its audience/)
  expect(await refused({ offerCode: 'mine', as: 'OFFER' })).toBe('saved')
  await expect(start(shop, 'x')).rejects.toThrow(/is not in force: publish it first/)
  await publish(shop, 'mine')
  await start(shop, 'x')
  expect((await quote(shop, 'mei', { A: 1 })).total).toBe(9_000)
})

test('an offer that was in force for a campaign stays with it', async () => {
  const shop = await openTestShop()
  await publishOffer(shop, { code: 'mine', ...TEN_OFF, campaign: 'x' })
  await expect(saveOffer(shop, { code: 'mine', ...TEN_OFF })).rejects.toThrow(/stays with it, or its control group would get it/)
  await expect(saveOffer(shop, { code: 'mine', ...TEN_OFF, campaign: 'y' })).rejects.toThrow(/stays with it/)
  await shop.admin('mutation { retire(codes: ["mine"]) { bookVersion } }')
  await expect(saveOffer(shop, { code: 'mine', ...TEN_OFF })).rejects.toThrow(/stays with it/)
  await saveOffer(shop, { code: 'mine', ...TEN_OFF, campaign: 'x', priority: 5 })
})
