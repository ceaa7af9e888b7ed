import type { Engine } from '../../engine.ts'
import { PRODUCTS } from './assortment.ts'

export type Promises = { readonly linkToken: string; readonly lostLinkToken: string }

/** What the tea shop promises its regulars, as its staff would write it. Mei is gold and Bo is bronze. */
export async function fillShop(engine: Engine): Promise<Promises> {
  const products = PRODUCTS.map(({ sku, zh, en, listPrice, category }) => ({
    sku,
    name: `${zh} ${en}`,
    listPrice,
    categoryPaths: [[category]],
  }))
  await engine.ask('storefront', 'mutation ($products: [ProductInput!]!) { upsertProducts(products: $products) }', { products })
  for (const input of TIERS) await engine.ask('admin', 'mutation ($input: TierInput!) { saveTier(input: $input) { code } }', { input })
  await engine.ask('admin', 'mutation ($input: LadderInput!) { saveLadder(input: $input) { code } }', { input: LADDER })
  for (const input of OFFERS) await engine.ask('admin', 'mutation ($input: OfferInput!) { saveOffer(input: $input) { code } }', { input })
  await engine.ask('admin', 'mutation ($codes: [String!]!) { publish(codes: $codes) { bookVersion } }', {
    codes: [LADDER.code, ...OFFERS.map(({ code }) => code)],
  })
  await engine.ask(
    'storefront',
    'mutation ($customers: [CustomerInput!]!, $orders: [OrderInput!]!) { upsertCustomers(customers: $customers) { id } recordOrders(orders: $orders) { id } }',
    { customers: CUSTOMERS, orders: ORDERS },
  )
  await engine.ask('admin', 'mutation { issueCoupons(offerCode: "spring", customers: [{ externalId: "mei" }]) }')
  return { linkToken: await makeLink(engine, 'mei'), lostLinkToken: await makeLink(engine, 'bo') }
}

async function makeLink(engine: Engine, externalId: string): Promise<string> {
  const input = {
    name: 'A pot for an old friend',
    message: '谢谢您十年来的支持。 Thank you for ten years.',
    customers: [{ externalId }],
    items: [{ sku: 'POT', adjustment: { fixedPrice: 29_900 } }],
    validUntil: '2199-01-01T00:00:00Z',
  }
  const { createPrivateLink } = await engine.ask<{ createPrivateLink: { token: string } }>(
    'admin',
    'mutation ($input: PrivateLinkInput!) { createPrivateLink(input: $input) { token } }',
    { input },
  )
  return createPrivateLink.token
}

const TIERS = [
  { code: 'bronze', name: '铜卡 Bronze', rank: 1, qualification: 'number_of_orders >= 1' },
  { code: 'silver', name: '银卡 Silver', rank: 2, qualification: 'amount_spent >= 500' },
  { code: 'gold', name: '金卡 Gold', rank: 3, qualification: 'amount_spent >= 2000 AND number_of_orders >= 3' },
  { code: 'diamond', name: '钻石卡 Diamond', rank: 4, qualification: 'amount_spent >= 5000 AND number_of_orders >= 6' },
]

const off = (tierCode: string, percentOff: number) => ({ tierCode, adjustment: { percentOff } })
const LADDER = {
  code: 'members',
  name: '会员价 Member prices',
  rungs: [off('bronze', 3), off('silver', 6), off('gold', 10), off('diamond', 15)],
}

const OFFERS = [
  {
    code: 'spend-and-save',
    name: '满额立减 Spend and save',
    description: '茶与器，一起算。 Tea and ware count together.',
    priority: 10,
    level: 'ORDER',
    combination: 'STACKABLE',
    order: {
      steps: [
        { minSubtotal: 30_000, amountOff: 3_000 },
        { minSubtotal: 80_000, amountOff: 10_000 },
      ],
    },
  },
  {
    code: 'free-shipping',
    name: '会员包邮 Free shipping',
    level: 'ORDER',
    combination: 'STACKABLE',
    order: {
      steps: [
        { minSubtotal: 19_900, freeShipping: true },
        { minSubtotal: 4_900, minTierCode: 'silver', freeShipping: true },
      ],
    },
  },
  {
    code: 'old-friends',
    name: '老友 20 元券 Twenty off for old friends',
    level: 'ORDER',
    trigger: 'CODE',
    combination: 'STACKABLE',
    audience: 'number_of_orders >= 1',
    validUntil: '2199-01-01T00:00:00Z',
    order: { steps: [{ minSubtotal: 10_000, amountOff: 2_000 }] },
    coupons: { claimable: true, stock: 500 },
  },
  {
    code: 'spring',
    name: '春茶券 Spring tea',
    level: 'ORDER',
    trigger: 'CODE',
    combination: 'STACKABLE',
    scope: { categories: ['tea'] },
    validUntil: '2199-04-01T00:00:00Z',
    order: { steps: [{ minQuantity: 2, percentOff: 12 }] },
    coupons: {},
  },
]

const CUSTOMERS = [
  { externalId: 'mei', name: '林梅' },
  { externalId: 'bo', name: '陈波' },
]

const order = (externalId: string, customer: string, unitPrice: number) => ({
  externalId,
  customer: { externalId: customer },
  placedAt: '2026-01-05T08:00:00Z',
  lines: [{ sku: 'PUER-2016', quantity: 1, unitPrice }],
})
const ORDERS = [order('A-1', 'mei', 120_000), order('A-2', 'mei', 90_000), order('A-3', 'mei', 110_000), order('A-4', 'bo', 8_800)]
