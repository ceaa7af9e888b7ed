import { setTimeout } from 'node:timers/promises'
import { expect, inject, test } from 'vitest'
import { factsOfProducts } from '../../src/products/product.service.ts'
import { bearer } from '../harness/client.ts'
import { anotherNode, closeAfterwards } from '../harness/node.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const UPSERT = 'mutation ($products: [ProductInput!]!) { upsertProducts(products: $products) }'
const PRODUCT = `query ($sku: String!) { product(sku: $sku) {
  sku name listPrice floorPrice costPrice brand categoryPaths tags stock launchedAt
} }`
const PRICES = 'query ($sku: String!) { product(sku: $sku) { priceHistory { totalCount nodes { listPrice floorPrice costPrice } } } }'

const upsert = (shop: TestShop, ...products: object[]) => shop.storefront(UPSERT, { products })
const refused = async (shop: TestShop, ...products: object[]) => {
  const { errors } = await shop.ask('/storefront/graphql', bearer(shop.keys.plugin), UPSERT, { products })
  return errors[0]?.extensions
}
const read = async (shop: TestShop, sku: string) => (await shop.admin(PRODUCT, { sku })).product
const prices = async (shop: TestShop, sku: string) => (await shop.admin(PRICES, { sku })).product.priceHistory

const RESISTOR = {
  sku: 'R-1',
  name: 'Resistor',
  listPrice: 100,
  floorPrice: 60,
  costPrice: 40,
  brand: 'Ohm',
  categoryPaths: [['passives', 'resistors'], ['new']],
  tags: ['SMD', 'Roll'],
  stock: 7,
  launchedAt: '2026-01-02T03:04:05.000Z',
}

test('a product is shown to staff as the shop sent it', async () => {
  const shop = await openTestShop()
  expect(await upsert(shop, RESISTOR)).toEqual({ upsertProducts: 1 })
  expect(await read(shop, 'R-1')).toEqual(RESISTOR)
  expect(await read(shop, 'r-1')).toBeNull()
})

test('what is left out, or null, stays; an empty list empties', async () => {
  const shop = await openTestShop()
  await upsert(shop, RESISTOR)
  await upsert(shop, { sku: 'R-1', name: 'Resistor, new', listPrice: 90, brand: null, tags: [] })
  expect(await read(shop, 'R-1')).toEqual({ ...RESISTOR, name: 'Resistor, new', listPrice: 90, tags: [] })
})

test('a sku that comes twice in a call is as if it came in two', async () => {
  const shop = await openTestShop()
  expect(await upsert(shop, RESISTOR, { sku: 'R-1', name: 'Again', listPrice: 80, stock: 3 })).toEqual({ upsertProducts: 1 })
  expect(await read(shop, 'R-1')).toEqual({ ...RESISTOR, name: 'Again', listPrice: 80, stock: 3 })
})

test('each change of a price is kept in the history, and nothing else is', async () => {
  const shop = await openTestShop()
  await upsert(shop, { sku: 'A', name: 'A', listPrice: 100 })
  await upsert(shop, { sku: 'A', name: 'Other name', listPrice: 100 })
  await upsert(shop, { sku: 'A', name: 'A', listPrice: 100, costPrice: 30 })
  await upsert(shop, { sku: 'A', name: 'A', listPrice: 100, floorPrice: 50 })
  await upsert(shop, { sku: 'A', name: 'A', listPrice: 90 })
  expect(await prices(shop, 'A')).toEqual({
    totalCount: 4,
    nodes: [
      { listPrice: 90, floorPrice: 50, costPrice: 30 },
      { listPrice: 100, floorPrice: 50, costPrice: 30 },
      { listPrice: 100, floorPrice: null, costPrice: 30 },
      { listPrice: 100, floorPrice: null, costPrice: null },
    ],
  })
})

test("prices of a product go on from a page's cursor, for all products of a page at once", async () => {
  const shop = await openTestShop()
  for (const listPrice of [3, 2, 1])
    await upsert(shop, { sku: 'A', name: 'A', listPrice }, { sku: 'B', name: 'B', listPrice: listPrice * 10 })
  const page = 'nodes { listPrice } pageInfo { endCursor hasNextPage }'
  const first = await shop.admin(`{ products { nodes { sku priceHistory(first: 2) { ${page} } } } }`)
  expect(first.products.nodes.map((product: { priceHistory: { nodes: object[] } }) => product.priceHistory.nodes)).toEqual([
    [{ listPrice: 1 }, { listPrice: 2 }],
    [{ listPrice: 10 }, { listPrice: 20 }],
  ])
  const after = first.products.nodes[1].priceHistory.pageInfo.endCursor
  const rest = await shop.admin(`query ($after: String) { product(sku: "B") { priceHistory(after: $after) { ${page} } } }`, { after })
  expect(rest.product.priceHistory).toMatchObject({ nodes: [{ listPrice: 30 }], pageInfo: { hasNextPage: false } })
})

test('staff page through the catalogue in the order of the bytes of the skus', async () => {
  const shop = await openTestShop()
  await upsert(shop, ...['b', 'B', 'a', '价', 'é', 'A-1'].map((sku) => ({ sku, name: sku, listPrice: 1 })))
  const skus: string[] = []
  let after: string | null = null
  do {
    const { products } = await shop.admin(
      'query ($after: String) { products(first: 2, after: $after) { totalCount nodes { sku } pageInfo { endCursor hasNextPage } } }',
      { after },
    )
    expect(products.totalCount).toBe(6)
    skus.push(...products.nodes.map((product: { sku: string }) => product.sku))
    after = products.pageInfo.hasNextPage ? products.pageInfo.endCursor : null
  } while (after !== null)
  expect(skus).toEqual(['A-1', 'B', 'a', 'b', 'é', '价'])
})

test('what cannot be is refused with its place, and nothing of the call is kept', async () => {
  const shop = await openTestShop()
  const fine = { sku: 'A', name: 'A', listPrice: 1 }
  expect(await refused(shop, fine, { ...fine, sku: '' })).toEqual({ code: 'BAD_USER_INPUT', inputPath: ['products', 1, 'sku'] })
  expect(await refused(shop, fine, { ...fine, sku: 'a\u0000b' })).toEqual({ code: 'BAD_USER_INPUT', inputPath: ['products', 1, 'sku'] })
  expect(await refused(shop, fine, { ...fine, name: 'half \ud83d' })).toEqual({
    code: 'BAD_USER_INPUT',
    inputPath: ['products', 1, 'name'],
  })
  expect(await refused(shop, { ...fine, categoryPaths: [['a'], ['b', 'c/d']] })).toEqual({
    code: 'BAD_USER_INPUT',
    inputPath: ['products', 0, 'categoryPaths', 1, 1],
  })
  expect(await refused(shop, { ...fine, categoryPaths: [['a', '']] })).toEqual({
    code: 'BAD_USER_INPUT',
    inputPath: ['products', 0, 'categoryPaths', 0, 1],
  })
  expect(await refused(shop, { ...fine, categoryPaths: [[]] })).toEqual({
    code: 'BAD_USER_INPUT',
    inputPath: ['products', 0, 'categoryPaths', 0],
  })
  expect(await refused(shop, { ...fine, stock: -1 })).toEqual({ code: 'BAD_USER_INPUT', inputPath: ['products', 0, 'stock'] })
  expect(await refused(shop, { ...fine, tags: ['ok', ' '] })).toEqual({ code: 'BAD_USER_INPUT', inputPath: ['products', 0, 'tags', 1] })
  expect(await refused(shop, ...Array.from({ length: 1_001 }, (_, i) => ({ ...fine, sku: `${i}` })))).toEqual({
    code: 'TOO_MANY_ITEMS',
    inputPath: ['products'],
  })
  expect(await shop.admin('{ products { totalCount } }')).toEqual({ products: { totalCount: 0 } })
})

test('a thousand products are one call', async () => {
  const shop = await openTestShop()
  const products = Array.from({ length: 1_000 }, (_, i) => ({ sku: `S${i}`, name: `Product ${i}`, listPrice: i, tags: ['All'] }))
  expect(await upsert(shop, ...products)).toEqual({ upsertProducts: 1_000 })
  expect((await read(shop, 'S999')).listPrice).toBe(999)
})

test('only a plugin key writes the catalogue, and the storefront never shows what a product costs the shop', async () => {
  const shop = await openTestShop()
  const { errors } = await shop.ask('/storefront/graphql', bearer(shop.keys.publishable), UPSERT, { products: [] })
  expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
  const { data } = await shop.ask('/storefront/graphql', bearer(shop.keys.plugin), '{ __schema { types { name kind fields { name } } } }')
  const types = (data as { __schema: { types: { fields: { name: string }[] | null }[] } }).__schema.types
  expect(types.flatMap((type) => type.fields ?? []).map((field) => field.name)).not.toContain('costPrice')
})

test('prices follow from what this process just wrote, and unknown skus from nothing', async () => {
  const shop = await openTestShop()
  const ask = async () => Object.fromEntries(await factsOfProducts(shop.world(), ['R-1', 'nothing', 'R-1', 'A\u0000']))
  expect(await ask()).toEqual({})
  await upsert(shop, RESISTOR)
  expect(await ask()).toEqual({
    'R-1': {
      sku: 'R-1',
      listPrice: 100,
      floorPrice: 60,
      brand: 'Ohm',
      categories: ['passives/resistors', 'new'],
      tags: ['smd', 'roll'],
      launchedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
    },
  })
  await upsert(shop, { ...RESISTOR, listPrice: 99 })
  expect(await ask()).toMatchObject({ 'R-1': { listPrice: 99 } })
})

test('another node prices by what was written here within a second', async () => {
  const shop = await openTestShop()
  const other = shop.at(closeAfterwards(await anotherNode()))
  const ask = async () => (await factsOfProducts(other.world(), ['A'])).get('A')?.listPrice
  await upsert(shop, { sku: 'A', name: 'A', listPrice: 1 })
  expect(await ask()).toBe(1)
  await upsert(shop, { sku: 'A', name: 'A', listPrice: 2 })
  await setTimeout(1_000)
  expect(await ask()).toBe(2)
})

test.skipIf(inject('template') === null)(
  'catalogues sent at once by two nodes, in any order, end in prices that their histories tell',
  async () => {
    const shop = await openTestShop()
    const nodes = [shop, shop.at(closeAfterwards(await anotherNode()))]
    const catalogue = (i: number) => Array.from({ length: 20 }, (_, k) => ({ sku: `S${k}`, name: 'S', listPrice: i % 4, costPrice: i % 3 }))
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => upsert(nodes[i % 2] ?? shop, ...(i % 4 < 2 ? catalogue(i) : catalogue(i).reverse()))),
    )
    const { products } = await shop.admin('{ products { nodes { listPrice costPrice priceHistory { nodes { listPrice costPrice } } } } }')
    expect(products.nodes).toHaveLength(20)
    for (const { priceHistory, ...prices } of products.nodes) {
      expect(priceHistory.nodes[0]).toEqual(prices)
      for (const [k, price] of priceHistory.nodes.slice(1).entries()) expect(price).not.toEqual(priceHistory.nodes[k])
    }
  },
)
