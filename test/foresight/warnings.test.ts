import { describe, expect, test } from 'vitest'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { customers, orders, products, publish, saveLadder, saveOffer } from '../harness/acts.ts'
import { publish as publishing } from '../harness/rules.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { draftLadder, draftOffer, inForce, ofKind, shopWithRegulars, warnings } from './looking.ts'

const settings = (shop: TestShop, input: object) =>
  shop.admin('mutation ($input: ShopInput!) { updateShop(input: $input) { code } }', { input })

/** The list prices of a product as they were so many days ago; no API writes history. */
async function listWas(shop: TestShop, sku: string, before: Readonly<Record<number, number>>): Promise<void> {
  const { em, shopId, now } = shop.world()
  for (const [days, price] of Object.entries(before))
    await rowsOf(
      em,
      sql`insert into product_price (shop_id, sku, since, list_price)
          values (${shopId}, ${sku}, ${new Date(now).toISOString()}::timestamptz - ${Number(days)}::integer * interval '24 hours', ${price})`,
    )
}

test('publishing tells the same as asking before, and goes through all the same', async () => {
  const shop = await shopWithRegulars()
  await products(shop, { A: { listPrice: 10_000, costPrice: 9_500 } })
  await draftLadder(shop, 'members', { gold: 10 })
  const before = await warnings(shop, 'members')
  const published = await publishing(shop, 'members')
  expect(before.map(({ kind }) => kind)).toEqual(['BELOW_COST'])
  expect(published.warnings).toEqual(before.map(({ ruleCode, kind, message }) => ({ ruleCode, kind, message })))
  expect(await shop.admin('{ ladder(code: "members") { status } }')).toEqual({ ladder: { status: 'PUBLISHED' } })
})

test('asking publishes nothing, and what has no draft is refused as publishing refuses it', async () => {
  const shop = await shopWithRegulars()
  await draftLadder(shop, 'members', { gold: 10 })
  expect(await warnings(shop, 'members')).toEqual([])
  expect(await shop.admin('{ ladder(code: "members") { status } }')).toEqual({ ladder: { status: 'DRAFT' } })
  await publish(shop, 'members')
  await expect(warnings(shop, 'members')).rejects.toThrow('CONFLICT')
  await expect(warnings(shop, 'nothing')).rejects.toThrow('NOT_FOUND')
})

describe('NARROW_STEPS', () => {
  test('comes where a tier gains less over the one below than the shop wants', async () => {
    const shop = await shopWithRegulars()
    await draftLadder(shop, 'members', { silver: 10, gold: 10.5, diamond: 15 })
    expect(await ofKind(shop, 'NARROW_STEPS', 'members')).toMatchObject([{ tierCode: 'gold', message: expect.stringContaining('0.5 %') }])
  })

  test('does not come where each tier gains as much as the shop wants', async () => {
    const shop = await shopWithRegulars()
    await draftLadder(shop, 'members', { silver: 10, gold: 11, diamond: 15 })
    expect(await warnings(shop, 'members')).toEqual([])
  })

  test("follows the shop's setting", async () => {
    const shop = await shopWithRegulars()
    await settings(shop, { minTierStep: 4 })
    await draftLadder(shop, 'members', { silver: 5, gold: 8 })
    expect(await ofKind(shop, 'NARROW_STEPS', 'members')).toHaveLength(1)
    await settings(shop, { minTierStep: 3 })
    expect(await ofKind(shop, 'NARROW_STEPS', 'members')).toEqual([])
  })

  test('looks at each quantity by itself', async () => {
    const shop = await shopWithRegulars()
    const rung = (tierCode: string, percentOff: number, minQuantity = 1) => ({ tierCode, minQuantity, adjustment: { percentOff } })
    await saveLadder(shop, { code: 'members', rungs: [rung('silver', 5), rung('gold', 10), rung('silver', 10, 12)] })
    expect(await ofKind(shop, 'NARROW_STEPS', 'members')).toMatchObject([
      { tierCode: 'gold', quantity: 12, message: expect.stringContaining('gains nothing over "silver" from 12 units on') },
    ])
  })

  test('holds amounts against the prices of the products', async () => {
    const shop = await shopWithRegulars()
    await products(shop, { cheap: 1_000, dear: 100_000 })
    const rung = (tierCode: string, amountOff: number) => ({ tierCode, adjustment: { amountOff } })
    await saveLadder(shop, { code: 'members', rungs: [rung('silver', 100), rung('gold', 150)] })
    expect(await ofKind(shop, 'NARROW_STEPS', 'members')).toMatchObject([{ sku: 'dear', price: 99_850, comparedWith: 99_900 }])
  })
})

describe('REGULARS_PAY_MORE', () => {
  test('comes where an offer for first orders beats what a tier gets', async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: 10_000 })
    await inForce(shop, 'members', draftLadder(shop, 'members', { silver: 5, gold: 10, diamond: 20 }))
    await draftOffer(shop, 'welcome', 12, { firstOrderOnly: true })
    expect(await ofKind(shop, 'REGULARS_PAY_MORE', 'welcome')).toMatchObject([
      { sku: 'A', tierCode: 'silver', price: 9_500, comparedWith: 8_800 },
      { sku: 'A', tierCode: 'gold', price: 9_000, comparedWith: 8_800 },
    ])
  })

  test('does not come where every tier gets at least as much', async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: 10_000 })
    await inForce(shop, 'members', draftLadder(shop, 'members', { silver: 12, gold: 15, diamond: 18 }))
    await draftOffer(shop, 'welcome', 12, { firstOrderOnly: true })
    expect(await warnings(shop, 'welcome')).toEqual([])
  })

  test('comes of an audience of newcomers too', async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: 10_000 })
    await customers(shop, { ann: null })
    await draftOffer(shop, 'hello', 5, { audience: 'number_of_orders = 0' })
    expect((await ofKind(shop, 'REGULARS_PAY_MORE', 'hello')).map(({ tierCode }) => tierCode)).toEqual(['silver', 'gold', 'diamond'])
  })

  test('comes of an offer on whole orders, at the cart that reaches its step', async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: 10_000 })
    const order = { steps: [{ minSubtotal: 25_000, amountOff: 3_000 }] }
    await saveOffer(shop, { code: 'welcome', level: 'ORDER', firstOrderOnly: true, order })
    expect(await ofKind(shop, 'REGULARS_PAY_MORE', 'welcome')).toMatchObject([
      { tierCode: 'silver', quantity: 3, price: 30_000, comparedWith: 27_000 },
      { tierCode: 'gold' },
      { tierCode: 'diamond' },
    ])
  })

  test('comes where what regulars save leaves their cart under a step that a newcomer reaches, and says so', async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: 10_000 })
    await inForce(shop, 'members', draftLadder(shop, 'members', { silver: 1 }))
    await saveOffer(shop, { code: 'more', level: 'ORDER', order: { steps: [{ minSubtotal: 20_000, amountOff: 2_000 }] } })
    expect((await ofKind(shop, 'REGULARS_PAY_MORE', 'more'))[0]).toMatchObject({
      price: 19_800,
      comparedWith: 18_000,
      message: expect.stringContaining('leaves the cart under the step'),
    })
  })

  test('comes when a ladder falls behind an offer that is in force', async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: 10_000 })
    await inForce(shop, 'members', draftLadder(shop, 'members', { silver: 12, gold: 15, diamond: 18 }))
    await inForce(shop, 'welcome', draftOffer(shop, 'welcome', 12, { firstOrderOnly: true }))
    await draftLadder(shop, 'members', { silver: 8, gold: 15, diamond: 18 })
    expect(await ofKind(shop, 'REGULARS_PAY_MORE', 'members')).toMatchObject([{ tierCode: 'silver', price: 9_200, comparedWith: 8_800 }])
  })
})

describe('BELOW_COST', () => {
  test("comes where a tier's price falls under the cost, and names the tier", async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: { listPrice: 10_000, costPrice: 8_500 }, B: { listPrice: 10_000, costPrice: 5_000 }, C: 10_000 })
    await draftLadder(shop, 'members', { silver: 5, gold: 10, diamond: 18 })
    expect(await ofKind(shop, 'BELOW_COST', 'members')).toMatchObject([
      { sku: 'A', tierCode: 'diamond', price: 8_200, comparedWith: 8_500 },
    ])
  })

  test('does not come where the cost is reached and not passed', async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: { listPrice: 10_000, costPrice: 8_200 } })
    await draftLadder(shop, 'members', { silver: 5, gold: 10, diamond: 18 })
    expect(await warnings(shop, 'members')).toEqual([])
  })

  test('comes of a set that is sold under what its goods cost', async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: { listPrice: 10_000, costPrice: 7_000 }, B: { listPrice: 5_000, costPrice: 4_000 } })
    const bundle = (price: number) => ({ form: 'BUNDLE', bundle: { items: [{ sku: 'A' }, { sku: 'B', quantity: 2 }], price } })
    await saveOffer(shop, { code: 'set', level: 'ORDER', order: bundle(14_999) })
    expect(await ofKind(shop, 'BELOW_COST', 'set')).toMatchObject([{ price: 14_999, comparedWith: 15_000 }])
    await saveOffer(shop, { code: 'set', level: 'ORDER', order: bundle(15_000) })
    expect(await ofKind(shop, 'BELOW_COST', 'set')).toEqual([])
  })

  test('counts what a gift costs with what it comes with', async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: { listPrice: 10_000, costPrice: 6_000 }, cup: { listPrice: 9_000, costPrice: 4_001 } })
    const order = { steps: [{ minSubtotal: 10_000, gifts: [{ sku: 'cup' }] }] }
    await saveOffer(shop, { code: 'gift', level: 'ORDER', scope: { skus: ['A'] }, order })
    expect(await ofKind(shop, 'BELOW_COST', 'gift')).toMatchObject([{ sku: 'A', price: 10_000, comparedWith: 10_001 }])
    await products(shop, { cup: { listPrice: 9_000, costPrice: 4_000 } })
    expect(await ofKind(shop, 'BELOW_COST', 'gift')).toEqual([])
  })

  test('comes of a step at the smallest cart that reaches it, as if everybody typed its code', async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: { listPrice: 10_000, costPrice: 9_000 } })
    await saveOffer(shop, { code: 'off', level: 'ORDER', trigger: 'CODE', order: { steps: [{ minSubtotal: 15_000, amountOff: 2_500 }] } })
    expect(await ofKind(shop, 'BELOW_COST', 'off')).toMatchObject([{ quantity: 2, price: 17_500, comparedWith: 18_000 }])
  })
})

describe('PRICE_JUMP', () => {
  test("comes where a tier's price falls further below those of the prior days than the shop wants", async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: 10_000 })
    await draftLadder(shop, 'members', { gold: 20, diamond: 20.01 })
    expect(await ofKind(shop, 'PRICE_JUMP', 'members')).toMatchObject([
      { sku: 'A', tierCode: 'diamond', price: 7_999, comparedWith: 10_000 },
    ])
  })

  test('is measured from what the tier paid, not from the list', async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: 10_000 })
    await inForce(shop, 'members', draftLadder(shop, 'members', { gold: 15 }))
    await draftLadder(shop, 'members', { gold: 30 })
    expect(await ofKind(shop, 'PRICE_JUMP', 'members')).toEqual([])
    await draftLadder(shop, 'members', { gold: 32.01 })
    expect(await ofKind(shop, 'PRICE_JUMP', 'members')).toMatchObject([{ tierCode: 'gold', comparedWith: 8_500 }])
  })

  test('comes where a price rises, when a rule gives much less than the one it replaces', async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: 10_000 })
    await rowsOf(shop.world().em, sql`delete from product_price where shop_id = ${shop.world().shopId}`)
    await inForce(shop, 'members', draftLadder(shop, 'members', { gold: 30 }))
    // The product is as old as the ladder: it was never sold at its list price.
    await listWas(shop, 'A', { 0: 10_000 })
    await draftLadder(shop, 'members', { gold: 5 })
    expect(await ofKind(shop, 'PRICE_JUMP', 'members')).toMatchObject([
      { tierCode: 'gold', price: 9_500, comparedWith: 7_000, message: expect.stringContaining('rises') },
    ])
  })

  test("follows the shop's setting", async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: 10_000 })
    await draftOffer(shop, 'sale', 40)
    expect(await ofKind(shop, 'PRICE_JUMP', 'sale')).toHaveLength(1)
    await settings(shop, { maxPriceJump: 40 })
    expect(await ofKind(shop, 'PRICE_JUMP', 'sale')).toEqual([])
  })
})

describe('INFLATED_LIST', () => {
  test('comes where a list price was raised in the prior days', async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: 10_000, B: 10_000 })
    await listWas(shop, 'A', { 40: 9_000, 20: 8_000, 10: 10_000 })
    await draftOffer(shop, 'sale', 10)
    expect(await ofKind(shop, 'INFLATED_LIST', 'sale')).toMatchObject([{ sku: 'A', price: 10_000, comparedWith: 8_000 }])
  })

  test('does not come where it was raised before them', async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: 10_000 })
    await listWas(shop, 'A', { 60: 8_000, 31: 10_000 })
    await draftOffer(shop, 'sale', 10)
    expect(await warnings(shop, 'sale')).toEqual([])
    await settings(shop, { priorPriceDays: 45 })
    expect(await ofKind(shop, 'INFLATED_LIST', 'sale')).toMatchObject([{ comparedWith: 8_000 }])
  })

  test('does not come where it was lowered', async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: 10_000 })
    await listWas(shop, 'A', { 20: 12_000 })
    await draftOffer(shop, 'sale', 10)
    expect(await warnings(shop, 'sale')).toEqual([])
  })
})

describe('NEVER_APPLIES', () => {
  const reasons = async (shop: TestShop, code: string) => (await ofKind(shop, 'NEVER_APPLIES', code)).map(({ message }) => message)

  test('comes of what is over, and then nothing else is said of it', async () => {
    const shop = await shopWithRegulars()
    await draftLadder(shop, 'members', { silver: 10, gold: 10 }, { validUntil: '2020-01-01T00:00:00Z' })
    expect((await warnings(shop, 'members')).map(({ kind }) => kind)).toEqual(['NEVER_APPLIES'])
  })

  test('comes of days that never come before the end', async () => {
    const shop = await openTestShop({ timeZone: 'UTC' })
    const february = { validFrom: '2199-02-01T00:00:00Z', validUntil: '2199-03-01T00:00:00Z' }
    await draftOffer(shop, 'late', 10, { schedule: { daysOfMonth: [30] }, ...february })
    expect(await reasons(shop, 'late')).toEqual([expect.stringContaining('never come')])
    await draftOffer(shop, 'late', 10, { schedule: { daysOfMonth: [28] }, ...february })
    expect(await warnings(shop, 'late')).toEqual([])
  })

  test('comes of a scope without a product', async () => {
    const shop = await openTestShop()
    await products(shop, { A: { listPrice: 10_000, categoryPaths: [['tea', 'green']], brand: 'Leaf', tags: ['New'] } })
    for (const scope of [
      { skus: ['B'] },
      { categories: ['tea/gre'] },
      { brands: ['leaf'] },
      { productTags: ['old'] },
      { excludedSkus: ['A'] },
    ]) {
      await draftOffer(shop, 'sale', 10, { scope })
      expect(await reasons(shop, 'sale')).toEqual([expect.stringContaining('No product')])
    }
    for (const scope of [
      { skus: ['A'] },
      { categories: ['tea'] },
      { brands: ['Leaf'] },
      { productTags: ['NEW'] },
      { launchedWithinDays: 7 },
    ]) {
      await draftOffer(shop, 'sale', 10, { scope })
      expect(await warnings(shop, 'sale')).toEqual([])
    }
  })

  test('comes of an audience that holds nobody', async () => {
    const shop = await shopWithRegulars()
    await draftOffer(shop, 'sale', 10, { audience: 'number_of_orders > 99' })
    expect(await reasons(shop, 'sale')).toEqual([expect.stringContaining('holds nobody now')])
    await draftOffer(shop, 'sale', 10, { audience: 'number_of_orders >= 1' })
    expect(await warnings(shop, 'sale')).toEqual([])
  })

  test('comes of an offer for first orders whose audience has all bought', async () => {
    const shop = await shopWithRegulars()
    await draftOffer(shop, 'first', 10, { audience: 'number_of_orders >= 1', firstOrderOnly: true, trigger: 'CODE' })
    expect(await reasons(shop, 'first')).toEqual([expect.stringContaining('first orders only')])
  })

  test('comes of a tier in which, and above which, nobody is', async () => {
    const shop = await shopWithRegulars()
    await shop.admin('mutation { saveTier(input: { code: "jade", name: "Jade", rank: 9 }) { id } }')
    await draftLadder(shop, 'members', { gold: 5, jade: 10 })
    expect(await ofKind(shop, 'NEVER_APPLIES', 'members')).toMatchObject([{ tierCode: 'jade' }])
    await customers(shop, { jia: 'jade' })
    expect(await warnings(shop, 'members')).toEqual([])
  })

  test('comes of a rung that a better one of a tier at or below it always beats', async () => {
    const shop = await shopWithRegulars()
    const rung = (tierCode: string | null, minQuantity: number, percentOff: number) => ({
      tierCode,
      minQuantity,
      adjustment: { percentOff },
    })
    await saveLadder(shop, { code: 'members', rungs: [rung('gold', 1, 10), rung('gold', 12, 8), rung(null, 12, 3)] })
    expect(await ofKind(shop, 'NEVER_APPLIES', 'members')).toMatchObject([{ tierCode: 'gold', quantity: 12 }])
  })

  test('comes of a step that another always beats, or that no cart can reach', async () => {
    const shop = await openTestShop()
    await products(shop, { A: 100 })
    const steps = (...all: readonly [number, number][]) => all.map(([minSubtotal, amountOff]) => ({ minSubtotal, amountOff }))
    await saveOffer(shop, { code: 'more', level: 'ORDER', order: { steps: steps([10_000, 500], [5_000, 600]) } })
    expect(await reasons(shop, 'more')).toEqual([expect.stringContaining('from CNY 100.00 on is always beaten')])
    const far = { scope: { skus: ['A'] }, order: { steps: steps([100_000_001, 500], [5_000, 100]) } }
    await saveOffer(shop, { code: 'far', level: 'ORDER', ...far })
    expect(await reasons(shop, 'far')).toEqual([expect.stringContaining('beyond what any cart can reach')])
    await saveOffer(shop, { code: 'more', level: 'ORDER', order: { steps: steps([10_000, 600], [5_000, 200]) } })
    expect(await reasons(shop, 'more')).toEqual([])
  })

  test('comes of an offer that asks for more than it lets anybody have', async () => {
    const shop = await openTestShop()
    await products(shop, { A: 100, B: 100 })
    const product = (skus: string[]) => ({
      scope: { skus },
      product: { adjustment: { percentOff: 5 }, minQuantity: 5, maxUnitsPerOrder: 3 },
    })
    await saveOffer(shop, { code: 'few', level: 'PRODUCT', ...product(['A']) })
    expect(await reasons(shop, 'few')).toEqual([expect.stringContaining('asks for 5 units')])
    await saveOffer(shop, { code: 'few', level: 'PRODUCT', ...product(['A', 'B']) })
    expect(await reasons(shop, 'few')).toEqual([])
  })

  test('comes of an offer whose limit is used up', async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: 10_000 })
    await inForce(shop, 'sale', draftOffer(shop, 'sale', 10, { totalLimit: 1 }))
    await draftOffer(shop, 'sale', 10, { totalLimit: 1 })
    expect(await reasons(shop, 'sale')).toEqual([])
    const { em, shopId } = shop.world()
    await rowsOf(em, sql`update rule_usage set uses = 1, taken = 1000 where shop_id = ${shopId}`)
    expect(await reasons(shop, 'sale')).toEqual([expect.stringContaining('nothing is left of it')])
    await draftOffer(shop, 'sale', 10, { totalLimit: 2, budget: 1_000 })
    expect(await reasons(shop, 'sale')).toEqual([expect.stringContaining('CNY 10.00')])
    await draftOffer(shop, 'sale', 10, { totalLimit: 2, budget: 1_001 })
    expect(await reasons(shop, 'sale')).toEqual([])
  })
})

describe('OVERLAP', () => {
  test('comes where another rule gives at least as much wherever this one does', async () => {
    const shop = await shopWithRegulars()
    await inForce(shop, 'all', draftLadder(shop, 'all', { silver: 8, gold: 12 }))
    await draftLadder(shop, 'tea', { silver: 5, gold: 10 })
    expect(await ofKind(shop, 'OVERLAP', 'tea')).toMatchObject([{ message: expect.stringContaining('"all" gives at least as much') }])
  })

  test('comes where this rule makes another pointless', async () => {
    const shop = await shopWithRegulars()
    await inForce(shop, 'all', draftLadder(shop, 'all', { silver: 8 }))
    await draftOffer(shop, 'sale', 20)
    expect(await ofKind(shop, 'OVERLAP', 'sale')).toMatchObject([{ message: expect.stringContaining('"all" does: that rule') }])
  })

  test('does not come where each wins somewhere, for another audience, or at another time', async () => {
    const shop = await shopWithRegulars()
    await inForce(shop, 'all', draftLadder(shop, 'all', { silver: 8, gold: 12 }))
    await draftLadder(shop, 'other', { silver: 5, gold: 15 })
    expect(await ofKind(shop, 'OVERLAP', 'other')).toEqual([])
    await inForce(shop, 'some', draftOffer(shop, 'some', 10, { audience: "customer_tags CONTAINS 'x'" }))
    await inForce(shop, 'later', draftOffer(shop, 'later', 10, { validFrom: '2190-01-01T00:00:00Z' }))
    await draftOffer(shop, 'now', 9, { validUntil: '2180-01-01T00:00:00Z' })
    expect(await ofKind(shop, 'OVERLAP', 'now')).toEqual([])
  })

  test('comes where two offers stack on the same goods, and says what comes of both', async () => {
    const shop = await shopWithRegulars()
    await products(shop, { A: { listPrice: 10_000, brand: 'Leaf' }, B: { listPrice: 10_000, brand: 'Root' } })
    await inForce(shop, 'leaf', draftOffer(shop, 'leaf', 10, { combination: 'STACKABLE', scope: { brands: ['Leaf'] } }))
    await draftOffer(shop, 'both', 10, { combination: 'STACKABLE', scope: { skus: ['A', 'B'] } })
    expect(await ofKind(shop, 'OVERLAP', 'both')).toMatchObject([{ sku: 'A', message: expect.stringContaining('19 % off together') }])
    await draftOffer(shop, 'both', 10, { combination: 'STACKABLE', scope: { skus: ['B'] } })
    expect(await ofKind(shop, 'OVERLAP', 'both')).toEqual([])
  })
})

describe('what is looked at', () => {
  test('is bounded: of each kind twenty are told, and how many more there are', async () => {
    const shop = await shopWithRegulars()
    const many = Array.from({ length: 60 }, (_, i) => [`p${i}`, { listPrice: 10_000, costPrice: 9_999 }] as const)
    await products(shop, Object.fromEntries(many))
    await draftLadder(shop, 'members', { gold: 5 })
    const told = await ofKind(shop, 'BELOW_COST', 'members')
    expect(told).toHaveLength(20)
    expect(told[19]?.message).toContain('And 40 more.')
  })

  test('is what sells best, and the message says so', async () => {
    const shop = await shopWithRegulars()
    const many = Array.from({ length: 300 }, (_, i) => [`p${String(i).padStart(3, '0')}`, { listPrice: 10_000 }] as const)
    await products(shop, { ...Object.fromEntries(many), z: { listPrice: 10_000, costPrice: 9_999 } })
    await draftLadder(shop, 'members', { gold: 5 })
    expect(await warnings(shop, 'members')).toEqual([])
    await orders(shop, ['sil', 'z', 10_000, 3, new Date(Date.now() - 86_400_000).toISOString()])
    expect(await ofKind(shop, 'BELOW_COST', 'members')).toMatchObject([
      { sku: 'z', message: expect.stringContaining('the 200 best-selling of the 301 products') },
    ])
  })
})

test('of very many rules at once the first are held against products, and the others say that they were not', async () => {
  const shop = await openTestShop()
  await products(shop, { A: { listPrice: 10_000, costPrice: 9_999 } })
  const codes = Array.from({ length: 26 }, (_, i) => `sale-${String(i).padStart(2, '0')}`)
  for (const code of codes) await draftOffer(shop, code, 5, { audience: `number_of_orders > ${code.slice(-2)}` })
  await customers(shop, { ann: null })
  const kinds = Map.groupBy(await warnings(shop, ...codes), ({ kind }) => kind)
  expect(kinds.get('NOT_LOOKED_AT')?.map(({ ruleCode }) => ruleCode)).toEqual(['sale-25'])
  expect(kinds.get('NEVER_APPLIES')).toHaveLength(25)
})

test('the settings are kept within their bounds', async () => {
  const shop = await openTestShop()
  expect(await shop.admin('{ shop { minTierStep maxPriceJump priorPriceDays } }')).toEqual({
    shop: { minTierStep: 1, maxPriceJump: 20, priorPriceDays: 30 },
  })
  for (const priorPriceDays of [0, 366]) await expect(settings(shop, { priorPriceDays })).rejects.toThrow('BAD_USER_INPUT')
})
