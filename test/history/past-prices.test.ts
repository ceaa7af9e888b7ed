import { expect, test } from 'vitest'
import { customers, pin, products, publish, publishLadder, publishOffer, saveLadder, saveOffer, tiers } from '../harness/acts.ts'
import { commit, held, release } from '../harness/checkout.ts'
import { couponOffer, give, revoke } from '../harness/coupons.ts'
import { createLink, revokeLink } from '../harness/links.ts'
import { anotherNode } from '../harness/node.ts'
import { openPriced, productOffer, QUOTE_FIELDS } from '../harness/priced.ts'
import { retire } from '../harness/rules.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

// What was given at an instant is asked again later, when everything is otherwise, and is the same.

type Asked = {
  readonly as?: string
  readonly cart: readonly (readonly [string, number])[]
  readonly codes?: readonly string[]
  readonly token?: string
}
// biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
type Answer = any

const cartOf = ({ cart, codes, token }: Asked) => ({
  lines: cart.map(([sku, quantity]) => ({ sku, quantity })),
  codes,
  privateLinkToken: token,
})
const refOf = ({ as }: Asked) => (as === undefined ? undefined : { externalId: as })

async function live(shop: TestShop, asked: Asked): Promise<Answer> {
  const answer = await shop.storefront(
    `query ($cart: CartInput!, $customer: CustomerRef) { quote(cart: $cart, customer: $customer, explain: true) { ${QUOTE_FIELDS} } }`,
    { cart: cartOf(asked), customer: refOf(asked) },
  )
  return answer.quote
}

async function preview(shop: TestShop, asked: Asked, at: string | null, withDrafts: readonly string[] = []): Promise<Answer> {
  const answer = await shop.admin(
    `query ($cart: CartInput!, $customer: CustomerRef, $at: DateTime, $withDrafts: [String!]) {
      previewQuote(cart: $cart, customer: $customer, at: $at, withDrafts: $withDrafts) { ${QUOTE_FIELDS} } }`,
    { cart: cartOf(asked), customer: refOf(asked), at, withDrafts },
  )
  return answer.previewQuote
}

/** Quotes begin in milliseconds of their own. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 5))

test('a price asked for the past is what was quoted then, whatever rules, prices, settings, tiers and standings are by now', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'silver', 'gold')
  await products(shop, { A: { listPrice: 9_999, floorPrice: 5_000, categoryPaths: [['goods']] }, B: 5_001 })
  await customers(shop, { mei: 'silver', li: null })
  await shop.storefront('mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Acme" }]) }')
  await customers(shop, { buyer: { companyExternalId: 'acme' } })
  const settings = (input: object) => shop.admin('mutation ($input: ShopInput!) { updateShop(input: $input) { code } }', { input })
  const acts: readonly (() => Promise<unknown>)[] = [
    () => publishLadder(shop, 'members', { silver: 7.77, gold: 15 }),
    () => publishOffer(shop, productOffer('sale', { percentOff: 3.33 }, { combination: 'STACKABLE', scope: { categories: ['goods'] } })),
    () => products(shop, { A: { listPrice: 8_888 } }),
    () => settings({ rounding: 'DOWN' }),
    () => publishLadder(shop, 'members', { silver: 20, gold: 60 }),
    () => pin(shop, 'mei', 'gold'),
    () => products(shop, { A: { listPrice: 8_888, floorPrice: 4_000 }, NEW: 300 }),
    () => settings({ maxDiscount: 12.5 }),
    () => shop.admin('mutation { pinCompanyTier(externalId: "acme", tierCode: "gold", reason: "contract") { id } }'),
    () => retire(shop, 'sale'),
    () => shop.admin('mutation { saveTier(input: { code: "silver", name: "silver", rank: 9 }) { id } }'),
    () => shop.admin('mutation { unpinTier(customer: { externalId: "mei" }) { id } }'),
    () =>
      shop.admin(
        'mutation { saveTier(input: { code: "silver", name: "silver", rank: 9, qualification: "number_of_orders >= 0" }) { id } }',
      ),
    () => shop.admin('mutation { evaluateTiers { promoted } }'),
    () =>
      publishOffer(shop, { code: 'big', level: 'ORDER', order: { steps: [{ minSubtotal: 10_000, percentOff: 10, freeShipping: true }] } }),
    () => settings({ timeZone: 'America/New_York', maxDiscount: 100 }),
  ]
  const said: { asked: Asked; quote: Answer }[] = []
  for (const act of acts) {
    await act()
    for (const as of [undefined, 'mei', 'li', 'buyer']) {
      const asked: Asked = { ...(as === undefined ? {} : { as }), cart: [['A', 3], ['B', 1]], codes: ['sale'] } // biome-ignore format: short
      await aMoment()
      said.push({ asked, quote: await live(shop, asked) })
    }
    await aMoment()
  }
  expect(new Set(said.map(({ quote }) => quote.total)).size).toBeGreaterThan(12)
  for (const { asked, quote } of said) expect(await preview(shop, asked, quote.at)).toEqual(quote)
  const other = shop.at(await anotherNode())
  for (const { asked, quote } of said.slice(0, 12)) expect(await preview(other, asked, quote.at)).toEqual(quote)
})

test('what an offer had left then is what it had left, in all and for each customer', async () => {
  const offer = productOffer('sale', { percentOff: 10 }, { totalLimit: 2, perCustomerLimit: 1 })
  const shop = await openPriced({ offers: [offer] })
  await customers(shop, { mei: null, li: null })
  const asked = { as: 'mei', cart: [['A', 1]] } as const
  const quotes: Answer[] = []
  const ask = async () => {
    await aMoment()
    quotes.push(await live(shop, asked))
    await aMoment()
  }
  await ask()
  const mine = await held(shop, { cart: { A: 1 }, as: 'mei' })
  await ask()
  await held(shop, { cart: { A: 1 }, as: 'li' })
  await shop.storefront('mutation ($id: ID!) { release(input: { reservationId: $id, idempotencyKey: "released-once" }) { id } }', {
    id: mine.id,
  })
  await ask()
  await commit(shop, (await held(shop, { cart: { A: 1 }, as: 'mei' })).id, 'o1')
  await ask()
  expect(quotes.map(({ total }) => total)).toEqual([9_000, 10_000, 9_000, 10_000])
  for (const quote of quotes) expect(await preview(shop, asked, quote.at)).toEqual(quote)
})

test('a product that was not in the catalogue then was unknown then; a trusted list price is still one', async () => {
  const shop = await openPriced({})
  await aMoment()
  const before = new Date().toISOString()
  await aMoment()
  await products(shop, { NEW: 300 })
  await expect(preview(shop, { cart: [['NEW', 1]] }, before)).rejects.toThrow('UNKNOWN_SKU')
  expect((await preview(shop, { cart: [['NEW', 1]] }, null)).total).toBe(300)
})

test('drafts are taken as published at any instant, beside the rules of then', async () => {
  const shop = await openPriced({ ladders: [{ code: 'l', rungs: [{ adjustment: { percentOff: 1 } }] }] })
  await aMoment()
  const then = new Date().toISOString()
  await aMoment()
  await saveLadder(shop, { code: 'l', rungs: [{ adjustment: { percentOff: 50 } }] })
  await publish(shop, 'l')
  await saveOffer(shop, productOffer('draft', { amountOff: 7 }, { combination: 'STACKABLE' }))
  expect((await preview(shop, { cart: [['A', 1]] }, then, ['draft'])).total).toBe(9_893)
  expect((await preview(shop, { cart: [['A', 1]] }, null, ['draft'])).total).toBe(4_993)
})

test('before the shop had a history everything is as now', async () => {
  const shop = await openPriced({ as: 'gold', ladders: [{ code: 'l', rungs: [{ tierCode: 'gold', adjustment: { percentOff: 10 } }] }] })
  expect((await preview(shop, { as: 'gold', cart: [['A', 1]] }, '2020-01-01T00:00:00Z')).total).toBe(9_000)
})

test('what coupons were then is what they were: given, held, called back', async () => {
  const shop = await openPriced({})
  await customers(shop, { mei: null })
  await couponOffer(shop, 'thanks')
  const [one, two] = [await give(shop, 'thanks', 'mei'), await give(shop, 'thanks', 'mei')]
  const asked = { as: 'mei', cart: [['A', 1]], codes: [one, two] } as const
  const quotes: Answer[] = []
  const ask = async () => {
    await aMoment()
    quotes.push(await live(shop, asked))
    await aMoment()
  }
  await ask()
  const first = await held(shop, { cart: { A: 1 }, as: 'mei', codes: [one] })
  await ask()
  await release(shop, first.id)
  await revoke(shop, two)
  await ask()
  await commit(shop, (await held(shop, { cart: { A: 1 }, as: 'mei', codes: [one] })).id, 'o1')
  await ask()
  await aMoment()
  const third = await give(shop, 'thanks', 'mei')
  expect(quotes.map(({ refusedCodes }) => refusedCodes.map(({ outcome }: Answer) => outcome))).toEqual([
    ['BEATEN'],
    ['LIMIT_REACHED'],
    ['NOT_LIVE'],
    ['LIMIT_REACHED', 'NOT_LIVE'],
  ])
  for (const quote of quotes) expect(await preview(shop, asked, quote.at)).toEqual(quote)
  const early = await preview(shop, { ...asked, codes: [third] }, quotes.at(-1).at)
  expect(early.refusedCodes).toEqual([{ code: third, outcome: 'UNKNOWN_CODE' }])
})

test('what a private link was then is what it was: made, held, used up by its customer, called back', async () => {
  const shop = await openPriced({})
  await customers(shop, { mei: null, li: null })
  await aMoment()
  const before = new Date().toISOString()
  await aMoment()
  const { token, link } = await createLink(shop, { maxUses: 3, maxUsesPerCustomer: 1 })
  const asked = { as: 'mei', cart: [['A', 1]], token } as const
  const quotes: Answer[] = []
  const ask = async () => {
    await aMoment()
    quotes.push(await live(shop, asked))
    await aMoment()
  }
  await ask()
  const mine = await held(shop, { cart: { A: 1 }, as: 'mei', token })
  await ask()
  await release(shop, mine.id)
  await ask()
  await commit(shop, (await held(shop, { cart: { A: 1 }, as: 'li', token })).id, 'o1')
  await ask()
  await revokeLink(shop, link.id)
  await ask()
  expect(quotes.map(({ refusedLink }) => refusedLink)).toEqual([null, 'LIMIT_REACHED', null, null, 'NOT_LIVE'])
  for (const quote of quotes) expect(await preview(shop, asked, quote.at)).toEqual(quote)
  expect((await preview(shop, asked, before)).refusedLink).toBe('UNKNOWN_CODE')
})
