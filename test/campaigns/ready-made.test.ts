import { expect, test } from 'vitest'
import { customers, orders, products, publish, tiers } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { externalIds } from '../segments/saving.ts'
import { carry, membersOf, start } from './running.ts'

// Campaigns that most shops have a use for, as staff look at them and make them their own.

const LIST = `query ($language: ReadyMadeLanguage) { readyMadeCampaigns(language: $language) { code name purpose goods goodsName
  parameters { code name kind value isMeasured least most } campaign { code status } } }`
const ADOPT = `mutation ($code: String!, $language: ReadyMadeLanguage, $as: String, $channels: [MessageChannel!], $parameters: [ReadyMadeParameterInput!], $skus: [String!]) {
  adoptCampaign(code: $code, language: $language, as: $as, channels: $channels, parameters: $parameters, skus: $skus) {
    campaign { code name status audience exclusions controlPercent steps { templateCode channels } gives { offerCode as } }
    parameters { code value isMeasured } offerCodes templateCodes segmentCodes } }`

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
type Answer = any

const list = async (shop: TestShop, language = 'EN'): Promise<Answer[]> => (await shop.admin(LIST, { language })).readyMadeCampaigns
const adopt = async (shop: TestShop, code: string, more: object = {}): Promise<Answer> =>
  (await shop.admin(ADOPT, { code, ...more })).adoptCampaign
const refusalOf = async (shop: TestShop, code: string, more: object = {}): Promise<string> => {
  const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), ADOPT, { code, ...more })
  return `${errors[0]?.extensions.code} at ${errors[0]?.extensions.inputPath?.join('.')}`
}
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString()

test.each(['EN', 'ZH'])('each of them is adopted whole, in %s, and what it gives can be published and started', async (language) => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { mei: null })
  await orders(shop, ['mei', 'A', 5_000, 1, day(200)])
  for (const { code, name, goods } of await list(shop, language)) {
    const skus = goods === 'REQUIRED' || goods === 'BEST_SELLERS' ? ['A'] : null
    const adopted = await adopt(shop, code, { language, skus })
    expect(adopted.campaign).toMatchObject({ code, name, status: 'DRAFT' })
    expect(adopted.campaign.gives.map((give: Answer) => give.offerCode)).toEqual(adopted.offerCodes)
    for (const { templateCode } of adopted.campaign.steps) expect(adopted.templateCodes).toContain(templateCode)
    if (adopted.offerCodes.length > 0) await publish(shop, ...adopted.offerCodes)
    await carry(shop, code)
    expect((await shop.admin('mutation ($code: String!) { startCampaign(code: $code) { status } }', { code })).startCampaign.status).toBe(
      'RUNNING',
    )
  }
  for (const { campaign, code } of await list(shop)) expect(campaign).toEqual({ code, status: 'RUNNING' })
})

test('the four classes of win-back share out whoever is lost, by what they bought', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { never: { registeredAt: day(100) }, small: null, large: null, thrice: null, lately: null })
  const at = (who: string, price: number, ...days: readonly number[]) =>
    days.map((ago): [string, string, number, number, string] => [who, 'A', price, 1, day(ago)])
  await orders(
    shop,
    ...at('small', 10_000, 900),
    ...at('large', 90_000, 900, 880),
    ...at('thrice', 10_000, 900, 800, 700),
    ...at('lately', 10_000, 3),
  )
  const large = [{ code: 'large-order', value: 500 }]
  for (const [code, more, who] of [
    ['win-back-never-bought', {}, ['never']],
    ['win-back-small', { parameters: large, skus: ['A'] }, ['small']],
    ['win-back-large', { parameters: large }, ['large']],
    ['win-back-regulars', {}, ['thrice']],
  ] as const) {
    const { campaign } = await adopt(shop, code, more)
    expect(await externalIds(shop, campaign.audience)).toEqual(who)
  }
})

test('amounts are those of the shop’s own buyers, and what somebody sets is set', async () => {
  const shop = await openTestShop()
  const people = Array.from({ length: 30 }, (_, i) => `p${i + 1}`)
  await customers(shop, Object.fromEntries(people.map((name) => [name, null])))
  await products(shop, { A: 10_000 })
  await orders(shop, ...people.map((who, i) => [who, 'A', (i + 1) * 10_000, 1, day(5)] as const))
  const of = (answer: Answer, code: string) => answer.parameters.find((one: Answer) => one.code === code)
  const large = (await list(shop)).find(({ code }) => code === 'win-back-large')
  // Three of four spent less than 2,275 in their largest order.
  expect(of(large, 'large-order')).toMatchObject({ kind: 'AMOUNT', value: 2_300, isMeasured: true })
  expect(of(await adopt(shop, 'win-back-large'), 'large-order')).toMatchObject({ value: 2_300, isMeasured: true })
  const set = await adopt(shop, 'win-back-large', { as: 'calls', parameters: [{ code: 'large-order', value: 999 }] })
  expect(of(set, 'large-order')).toMatchObject({ value: 999, isMeasured: false })
  expect(set.campaign).toMatchObject({ code: 'calls', audience: expect.stringContaining('largest_order_amount >= 999') })
  // Goods at their price level are what sells best there.
  const small = await adopt(shop, 'win-back-small', { parameters: [{ code: 'price-level', value: 100 }] })
  const { offer } = await shop.admin('query ($code: String!) { offer(code: $code) { draft { campaign scope { skus } } } }', {
    code: small.offerCodes[0],
  })
  expect(offer.draft).toEqual({ campaign: 'win-back-small', scope: { skus: ['A'] } })
})

test('who buys for a company is written to, and neither individuals nor engineers are', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await customers(shop, { buyer: null, engineer: null, person: null })
  for (const [who, kind, role] of [
    ['buyer', 'ENTERPRISE', 'PURCHASER'],
    ['engineer', 'ENTERPRISE', 'ENGINEER'],
    ['person', 'INDIVIDUAL', null],
  ] as const)
    await shop.storefront('mutation ($c: [CustomerInput!]!) { upsertCustomers(customers: $c) { externalId } }', {
      c: [{ externalId: who, kind, ...(role === null ? {} : { role }) }],
    })
  await orders(shop, ...['buyer', 'engineer', 'person'].map((who) => [who, 'A', 10_000, 1, day(5)] as const))
  const { offerCodes } = await adopt(shop, 'enterprise-purchasers', { parameters: [{ code: 'control-percent', value: 0 }] })
  await publish(shop, ...offerCodes)
  await start(shop, 'enterprise-purchasers')
  expect((await membersOf(shop, 'enterprise-purchasers')).map(({ who }) => who)).toEqual(['buyer'])
})

test('what arrived is told to those who buy of its category or brand, and what is back to those who buy it', async () => {
  const shop = await openTestShop()
  await products(shop, {
    OLD: { listPrice: 10_000, categoryPaths: [['tea', 'green']], brand: 'Well' },
    NEW: { listPrice: 10_000, categoryPaths: [['tea', 'green']], brand: "O'Hara" },
    POT: { listPrice: 10_000, categoryPaths: [['ware']] },
  })
  await customers(shop, { tea: null, once: null, pots: null })
  const bought = (who: string, sku: string, ...days: readonly number[]) =>
    days.map((ago): [string, string, number, number, string] => [who, sku, 10_000, 1, day(ago)])
  await orders(shop, ...bought('tea', 'OLD', 90, 60), ...bought('once', 'OLD', 90), ...bought('pots', 'POT', 90, 60))
  const arrived = await adopt(shop, 'new-arrivals', { skus: ['NEW'] })
  expect(await externalIds(shop, arrived.campaign.audience)).toEqual(['tea'])
  const back = await adopt(shop, 'restocked', { skus: ['OLD', 'POT'] })
  expect(await externalIds(shop, back.campaign.audience)).toEqual(['pots', 'tea'])
})

test('members are those of the shop’s tiers, and a tier’s highest is given more', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'silver', 'gold')
  expect((await adopt(shop, 'member-day')).campaign.audience).toBe('customer_tier IS NOT NULL')
  const { offerCodes } = await adopt(shop, 'win-back-regulars')
  const { offer } = await shop.admin(
    'query ($code: String!) { offer(code: $code) { draft { order { steps { percentOff minTier { code } } } } } }',
    { code: offerCodes[0] },
  )
  expect(offer.draft.order.steps).toEqual([
    { percentOff: 10, minTier: null },
    { percentOff: 15, minTier: { code: 'gold' } },
  ])
})

test('nothing of the shop’s is written over: another code takes it in, and it is whole or not at all', async () => {
  const shop = await openTestShop()
  await adopt(shop, 'bought-again-once', { channels: ['WECOM', 'SMS'] })
  expect(await refusalOf(shop, 'bought-again-once')).toBe('CONFLICT at as')
  const again = await adopt(shop, 'bought-again-once', { as: 'again-2026' })
  expect([again.campaign.code, again.offerCodes, again.templateCodes]).toEqual([
    'again-2026',
    ['again-2026-offer'],
    ['again-2026-1', 'again-2026-2'],
  ])
  await shop.admin(
    'mutation { saveOffer(input: { code: "mine-offer", name: "Mine", level: ORDER, order: { steps: [{ freeShipping: true }] } }) { code } }',
  )
  expect(await refusalOf(shop, 'second-order', { as: 'mine' })).toBe('CONFLICT at as')
  expect((await shop.admin('{ campaign(code: "mine") { code } }')).campaign).toBeNull()
})

test('what cannot be adopted is told where it stands', async () => {
  const shop = await openTestShop()
  expect(await refusalOf(shop, 'none')).toBe('NOT_FOUND at code')
  expect(await refusalOf(shop, 'birthday', { as: 'a b' })).toBe('BAD_USER_INPUT at as')
  expect(await refusalOf(shop, 'birthday', { channels: ['PHONE'] })).toBe('BAD_USER_INPUT at channels.0')
  expect(await refusalOf(shop, 'birthday', { parameters: [{ code: 'x', value: 1 }] })).toBe('BAD_USER_INPUT at parameters.0.code')
  expect(await refusalOf(shop, 'birthday', { skus: ['none'] })).toBe('NOT_FOUND at skus.0')
  expect(await refusalOf(shop, 'second-order', { skus: ['none'] })).toBe('BAD_USER_INPUT at skus')
  expect(await refusalOf(shop, 'restocked')).toBe('BAD_USER_INPUT at skus')
  expect(await refusalOf(shop, 'win-back-small')).toBe('BAD_USER_INPUT at skus')
})
