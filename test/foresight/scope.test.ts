import { beforeAll, expect, test } from 'vitest'
import { countScope, sampleScope } from '../../src/foresight/catalogue.store.ts'
import { DAY_MS, instant } from '../../src/kernel/clock.ts'
import type { Scope } from '../../src/pricing/rule.ts'
import { compileScope, reaches } from '../../src/pricing/scope.ts'
import { products } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

// Warnings find the products of a scope in the database, prices by the engine: the two must mean the same.

let shop: TestShop
const at = instant(new Date('2026-05-01T00:00:00Z'))
const daysAgo = (days: number) => new Date(at - days * DAY_MS).toISOString()
const NOBODY = { skus: [], units: [] }

beforeAll(async () => {
  shop = await openTestShop()
  await products(shop, {
    plain: 100,
    Plain: 100,
    branded: { listPrice: 100, brand: 'Leaf' },
    green: { listPrice: 100, brand: 'Leaf', categoryPaths: [['tea', 'green'], ['gifts']], tags: ['New', 'Ä'] },
    greenish: { listPrice: 100, categoryPaths: [['tea', 'greenish']], tags: ['old'] },
    tea: { listPrice: 100, categoryPaths: [['tea']], launchedAt: daysAgo(7) },
    older: { listPrice: 100, categoryPaths: [['tea', 'black', 'aged']], launchedAt: daysAgo(7.001) },
    coming: { listPrice: 100, brand: 'Root', launchedAt: daysAgo(-1) },
  })
})

const SCOPES: readonly Scope[] = [
  {},
  { skus: ['plain', 'nothing'] },
  { brands: ['Leaf'] },
  { brands: ['leaf'] },
  { categories: ['tea'] },
  { categories: ['tea/green'] },
  { categories: ['te', 'green', 'tea/black/aged/more'] },
  { productTags: ['NEW'] },
  { productTags: ['ä', 'OLD'] },
  { skus: ['plain'], brands: ['Root'], categories: ['gifts'], productTags: ['old'] },
  { excludedSkus: ['plain'] },
  { excludedBrands: ['Leaf'] },
  { excludedCategories: ['tea'] },
  { excludedProductTags: ['new'] },
  { categories: ['tea'], excludedBrands: ['Leaf'], excludedProductTags: ['OLD'] },
  { launchedWithinDays: 7 },
  { categories: ['tea'], launchedWithinDays: 8 },
  { excludedCategories: ['tea'], launchedWithinDays: 8 },
]

test.each(SCOPES)('%j reaches the same products in the database as in the engine', async (scope) => {
  const world = shop.world()
  const everything = (await sampleScope(world, null, at, NOBODY, 100)).map(({ facts }) => facts)
  expect(everything).toHaveLength(8)
  const reached = everything.filter((facts) => reaches(compileScope(scope), facts, at)).map(({ sku }) => sku)
  expect((await sampleScope(world, scope, at, NOBODY, 100)).map(({ facts }) => facts.sku)).toEqual(reached)
})

test('products are counted whenever they were launched', async () => {
  expect(await countScope(shop.world(), { launchedWithinDays: 1 })).toEqual({ count: 8, listPrices: 800 })
})
