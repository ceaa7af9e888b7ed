import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { customers, orders, products } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop } from '../harness/shop.ts'
import { saveSegment } from './saving.ts'

const CSV = '{ segmentCsv(code: "all") }'

test('a segment can be had as a file that spreadsheets read', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 12_345 })
  await customers(shop, { a: { name: '李梅, "Mei"', email: 'mei@example.com', tags: ['vip', 'led'], city: '上海' } })
  await orders(shop, ['a', 'A', 12_345, 1, '2026-01-05T03:00:00Z'])
  await saveSegment(shop, 'all', 'number_of_orders >= 0')
  const text: string = (await shop.admin(CSV)).segmentCsv
  expect(text.startsWith('\uFEFFid,external_id,name,')).toBe(true)
  expect(text.endsWith('\r\n')).toBe(true)
  expect(parse(text, { columns: true, bom: true })).toMatchObject([
    {
      external_id: 'a',
      name: '李梅, "Mei"',
      email: 'mei@example.com',
      city: '上海',
      tags: 'led; vip',
      number_of_orders: '1',
      amount_spent: '123.45',
      last_order_at: '2026-01-05T03:00:00Z',
      company: '',
    },
  ])
})

test.each(['=1+1', '+1-1', '-2+3', '@SUM(A1)', '＝1'])('a name like %s is no formula in it', async (name) => {
  const shop = await openTestShop()
  await customers(shop, { a: { name } })
  await saveSegment(shop, 'all', 'number_of_orders >= 0')
  expect(parse((await shop.admin(CSV)).segmentCsv, { columns: true, bom: true })).toMatchObject([{ name: `'${name}` }])
})

test('who took the file stands in the audit log, and who only looks after customers gets none', async () => {
  const shop = await openTestShop()
  await saveSegment(shop, 'all', 'number_of_orders >= 0')
  const service = await shop.key('ADMIN', 'SERVICE')
  expect((await shop.ask('/admin/graphql', bearer(service), CSV)).errors[0]?.extensions.code).toBe('FORBIDDEN')
  await shop.admin(CSV)
  const { auditLog } = await shop.admin('{ auditLog(target: "segment/all", first: 1) { nodes { action } } }')
  expect(auditLog.nodes).toEqual([{ action: 'exportSegment' }])
  const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), '{ segmentCsv(code: "none") }')
  expect(errors[0]?.extensions.code).toBe('NOT_FOUND')
})
