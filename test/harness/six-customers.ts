import { customers, pin, products, tiers } from './acts.ts'
import { openTestShop, type TestShop } from './shop.ts'

// A shop in Shanghai, eight hours ahead of UTC, with six customers whose facts are few enough to know by heart.

const DAY = 86_400_000
const SHANGHAI = 8 * 3_600_000
/** Midnight in Shanghai, this many days from today. */
const midnight = (days: number) => Math.floor((Date.now() + SHANGHAI) / DAY) * DAY - SHANGHAI + days * DAY
const iso = (at: number) => new Date(at).toISOString()
/** The day in Shanghai, this many days from today. */
const day = (days: number) => iso(midnight(days) + SHANGHAI).slice(0, 10)

const order = (externalId: string, who: string, placedAt: string, more: object, ...lines: readonly [string, number, number][]) => ({
  externalId,
  customer: { externalId: who },
  placedAt,
  lines: lines.map(([sku, quantity, unitPrice]) => ({ sku, quantity, unitPrice })),
  ...more,
})

export const EVERYONE = 'ann bob cy dee eve fay'

export async function openShopOfSix(): Promise<TestShop> {
  const shop = await openTestShop()
  await tiers(shop, 'silver', 'gold')
  await products(shop, {
    A: { listPrice: 10_000, tags: ['New'], categoryPaths: [['passives', 'resistors']], brand: 'Acme' },
    B: { listPrice: 10_000, tags: ['sale'], categoryPaths: [['passives']] },
    C: { listPrice: 10_000, brand: 'acme' },
    priced: 10_000,
  })
  await shop.storefront(
    'mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Acme", industry: "electronics", certified: true }, { externalId: "beta", name: "Beta" }]) }',
  )
  await customers(shop, {
    ann: {
      gender: 'FEMALE',
      tags: ['VIP', 'Summer Sale'],
      country: 'CN',
      region: 'Zhejiang',
      city: 'Hangzhou',
      email: 'ann@Example.com',
      emailVerified: true,
      language: 'zh-CN',
      source: 'tmall',
      consents: [{ channel: 'EMAIL', granted: true }],
      registeredAt: '2025-01-15T15:59:59.999Z',
      birthDate: `1990${day(0).slice(4)}`,
      attributes: { score: 7.5, level: '10', club: true, size: 'M', joined: '2025-03-01' },
    },
    bob: {
      kind: 'ENTERPRISE',
      role: 'PURCHASER',
      gender: 'MALE',
      purpose: 'PRODUCTION',
      companyExternalId: 'acme',
      tags: ['vip'],
      country: 'US',
      email: 'bob@acme.test',
      birthDate: `1985${day(1).slice(4)}`,
      consents: [
        { channel: 'EMAIL', granted: true, at: '2025-01-01T00:00:00Z' },
        { channel: 'EMAIL', granted: false, at: '2025-02-01T00:00:00Z' },
      ],
    },
    cy: { registeredAt: '2026-02-28T16:00:00Z' },
    dee: {
      tags: ['VIP2'],
      country: 'cn',
      language: 'ZH-cn',
      consents: [{ channel: 'SMS', granted: true }],
      attributes: { 'custom.shoe': 38 },
    },
    eve: { role: 'ENGINEER', purpose: 'OWN_USE', gender: 'OTHER', industry: 'own', companyExternalId: 'beta', city: "L'Aquila" },
    fay: { attributes: { score: 'high', level: 10, club: false, size: 'm', joined: 'soon', nothing: null } },
  })
  await pin(shop, 'eve', 'gold')
  await pin(shop, 'fay', 'silver')
  await shop.storefront('mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id } }', {
    orders: [
      order('a1', 'ann', '2025-06-01T15:59:59.999Z', {}, ['A', 1, 10_000]),
      order('a2', 'ann', '2025-06-01T16:00:00Z', {}, ['B', 2, 45_000]),
      order('b1', 'bob', '2025-12-31T16:00:00Z', { status: 'COMPLETED' }, ['B', 3, 3_333]),
      order('b2', 'bob', '2026-02-01T00:00:00Z', { status: 'CANCELLED' }, ['A', 1, 500_000]),
      order('b3', 'bob', '2026-02-02T00:00:00Z', { status: 'PLACED' }, ['A', 1, 700_000]),
      order('d1', 'dee', iso(midnight(0)), {}, ['C', 1, 10_000]),
      order('d2', 'dee', iso(midnight(0) - 1), {}, ['C', 1, 10_000]),
      order('d3', 'dee', iso(midnight(-30) + DAY / 2), {}, ['C', 1, 10_001]),
      order('e1', 'eve', iso(midnight(-10)), {}, ['D', 1, 0]),
      order('f1', 'fay', '2026-02-02T00:00:00Z', { status: 'PLACED' }, ['A', 1, 700_000]),
    ],
  })
  return shop
}
