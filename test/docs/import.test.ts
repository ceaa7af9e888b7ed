import { expect, test } from 'vitest'
import { openTestShop } from '../harness/shop.ts'
import { importInto, ordersIn } from '../imports/importing.ts'
import { readDocument } from './document.ts'

const { blocks } = await readDocument('docs/guides/import.md')
const [own = '', till = ''] = blocks.filter(({ info }) => info === 'csv').map(({ text }) => text)
const [map = ''] = blocks.filter(({ info }) => info === 'json').map(({ text }) => text)

test("the guide's file in our own format is one", async () => {
  const shop = await openTestShop()
  expect((await importInto(shop, own)).rejects).toEqual([])
  expect(await ordersIn(shop)).toMatchObject({
    '1001': { total: 5_300, lines: [{ sku: 'MUG-B' }, { sku: 'BOWL' }] },
    '1002': { status: 'COMPLETED' },
  })
})

test("the guide's mapping reads its file", async () => {
  const shop = await openTestShop({ currency: 'EUR' })
  const { summary } = await importInto(shop, till, { map: JSON.parse(map) })
  expect(summary).toMatchObject({ rows: 3, leftOut: 1, rejectedRows: 0 })
  expect(await ordersIn(shop)).toMatchObject({
    'till-17': { placedAt: '2026-04-05T16:30:00.000Z', status: 'PAID', total: 2_500, customer: { externalId: 'card:K-7' } },
    'till-18': { status: 'CANCELLED', customer: null },
  })
})
