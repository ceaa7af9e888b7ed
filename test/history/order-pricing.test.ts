import { expect, test } from 'vitest'
import { customers, orders, products, publishLadder, publishOffer, tiers } from '../harness/acts.ts'
import { commit, held, reserve } from '../harness/checkout.ts'
import { productOffer, QUOTE_FIELDS, quoteOf, threshold } from '../harness/priced.ts'
import { retire } from '../harness/rules.ts'
import { openTestShop } from '../harness/shop.ts'

const PRICING = `query ($id: String!) { order(externalId: $id) { pricing { ${QUOTE_FIELDS} } } }`

test('an order keeps how it was priced, every rule that was looked at and why, whatever rules are by now', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'silver', 'gold')
  await products(shop, { A: 10_000, B: 5_000, MUG: 100 })
  await customers(shop, { mei: 'silver' })
  await publishLadder(shop, 'members', { silver: 10, gold: 20 }, { scope: { skus: ['A'] } })
  await publishOffer(shop, productOffer('vip', { percentOff: 30 }, { audience: "customer_tags CONTAINS 'vip'" }))
  await publishOffer(shop, productOffer('CODE', { amountOff: 500 }, { trigger: 'CODE', combination: 'STACKABLE' }))
  await publishOffer(shop, threshold('big', [{ minSubtotal: 10_000, amountOff: 1_000, gifts: [{ sku: 'MUG' }] }]))
  await publishOffer(shop, threshold('LARGE', [{ minSubtotal: 99_999, amountOff: 1_000 }], { trigger: 'CODE' }))
  const cart = { A: 2, B: 1 }
  const codes = ['CODE', 'LARGE']
  const shown = await quoteOf(shop, { as: 'mei', cart: Object.entries(cart), codes }, true)
  const reserved = await held(shop, { cart, as: 'mei', codes })
  await commit(shop, reserved.id, 'o1')
  await retire(shop, 'members', 'vip', 'big')
  await shop.admin('mutation { unpinTier(customer: { externalId: "mei" }) { id } }')
  const { pricing } = (await shop.admin(PRICING, { id: 'o1' })).order
  expect(pricing).toMatchObject({ ...reserved.quote, refusedCodes: [{ code: 'LARGE', outcome: 'SUBTOTAL_TOO_LOW' }] })
  expect(pricing.lines.map(({ trace }: { trace: object }) => trace)).toEqual(shown.lines.map(({ trace }: { trace: object }) => trace))
  expect(pricing.lines[0].trace).toEqual(
    expect.arrayContaining([
      { kind: 'LADDER', code: 'members', outcome: 'APPLIED', price: 9_000 },
      { kind: 'OFFER', code: 'vip', outcome: 'NOT_IN_AUDIENCE', price: null },
    ]),
  )
})

test('shoppers and plugins see no trace of a reservation, and of an order that was only recorded nothing is known', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await publishOffer(shop, productOffer('sale', { percentOff: 10 }))
  await customers(shop, { mei: null })
  const TRACES = 'quote { lines { trace { code } } }'
  const { id } = await held(shop, { cart: { A: 1 } })
  const { reservation } = await shop.storefront(`query ($id: ID!) { reservation(id: $id) { ${TRACES} } }`, { id })
  expect(reservation.quote.lines).toEqual([{ trace: null }])
  expect(await reserve(shop, { cart: { A: 1 }, total: 1 })).toMatchObject({ __typename: 'PriceChanged' })
  await orders(shop, ['mei', 'A', 10_000, 1, '2026-01-05T03:00:00Z'])
  expect((await shop.admin(PRICING, { id: 'mei-2026-01-05T03:00:00Z-0' })).order).toEqual({ pricing: null })
})
