import { expect, test } from 'vitest'
import { customers, orders, pin, products, publish, saveOffer, tiers } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { externalIds } from './saving.ts'

const act = (shop: TestShop, mutation: string) => shop.admin(`mutation { ${mutation} }`)
const since = async (shop: TestShop, when: string) => (await externalIds(shop, `tier_since ${when}`)).join(' ')

test('whoever has a tier has it since some day: by evaluation, by hand or by their company', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'silver', 'gold')
  await shop.storefront('mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Acme" }]) }')
  await customers(shop, { ann: null, bob: null, cy: { companyExternalId: 'acme' }, dee: null })
  await orders(shop, ['ann', 'A', 100, 1, '2026-01-01T00:00:00Z'])
  expect(await since(shop, 'IS NOT NULL')).toBe('')
  await act(
    shop,
    'saveTier(input: { code: "silver", name: "s", rank: 1, qualification: "number_of_orders > 0" }) { id } evaluateTiers { promoted }',
  )
  expect(await since(shop, '= today')).toBe('ann')
  await pin(shop, 'bob', 'gold')
  expect(await since(shop, '= today')).toBe('ann bob')
  await act(shop, 'pinCompanyTier(externalId: "acme", tierCode: "silver", reason: "x") { id }')
  expect(await since(shop, '= today')).toBe('ann bob cy')
  expect(await since(shop, 'IS NULL')).toBe('dee')

  // The same at the till.
  await products(shop, { P: 1_000 })
  await saveOffer(shop, { code: 'o', level: 'PRODUCT', audience: 'tier_since = today', product: { adjustment: { percentOff: 50 } } })
  await publish(shop, 'o')
  const total = async (who: string) =>
    (await shop.storefront(`{ quote(cart: { lines: [{ sku: "P", quantity: 1 }] }, customer: { externalId: "${who}" }) { total } }`)).quote
      .total
  expect([await total('ann'), await total('bob'), await total('cy'), await total('dee')]).toEqual([500, 500, 500, 1_000])

  await act(shop, 'unpinTier(customer: { externalId: "bob" }) { id } unpinCompanyTier(externalId: "acme") { id }')
  expect(await since(shop, 'IS NOT NULL')).toBe('ann')
  expect([await total('ann'), await total('bob'), await total('cy')]).toEqual([500, 1_000, 1_000])
})
