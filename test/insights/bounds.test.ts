import { expect, inject, test } from 'vitest'
import { meaningOf } from '../../src/api/shared/errors.ts'
import { readLarge } from '../../src/shell/large.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { transact } from '../../src/shell/world.ts'
import { customers, orders } from '../harness/acts.ts'
import { openTestShop } from '../harness/shop.ts'

// What one question may cost, however it is asked.

const onServer = inject('template') !== null

test('an attribute that is different for everybody splits a figure into no more than 50 parts', async () => {
  const shop = await openTestShop()
  const ids = Array.from({ length: 60 }, (_, i) => `c${String(i).padStart(2, '0')}`)
  await customers(shop, Object.fromEntries(ids.map((id) => [id, { attributes: { own: id } }])))
  await orders(shop, ...ids.map((id) => [id, 'A', 1_000, 1, '2026-01-05T03:00:00Z'] as const))
  const { weekdayHours, distribution } = await shop.admin(
    '{ weekdayHours(by: "attributes.own") { part } distribution(of: ORDER_VALUE, by: "attributes.own") { parts { part bars { customers } } } }',
  )
  expect(weekdayHours.map(({ part }: { part: string }) => part)).toEqual(ids.slice(0, 50))
  expect(distribution.parts).toHaveLength(50)
  expect(distribution.parts.every(({ bars }: { bars: { customers: number }[] }) => bars.some((bar) => bar.customers === 1))).toBe(true)
})

test.runIf(onServer)('a reading that takes too long is given up, and says so', async () => {
  const shop = await openTestShop()
  const { em } = shop.world()
  const fault = await readLarge(shop.world(), (tx) => rowsOf(tx.em, sql`select pg_sleep(600)`), 50).catch((error: unknown) => error)
  expect(meaningOf(fault)).toMatchObject({ code: 'TOOK_TOO_LONG' })
  expect(await rowsOf(em, sql`select current_setting('statement_timeout') as ms`)).toEqual([{ ms: '0' }])
})

test('nobody waits for a turn inside a transaction', async () => {
  const shop = await openTestShop()
  const read = () => Promise.resolve(1)
  await expect(transact(shop.world(), async (tx) => ({ ok: true, value: await readLarge(tx, read) }) as const)).rejects.toThrow(
    'inside a transaction',
  )
})

test('twenty figures asked for at once are all answered', async () => {
  const shop = await openTestShop()
  const fields = Array.from({ length: 20 }, (_, i) => `f${i}: pareto { customers }`)
  expect(Object.keys(await shop.admin(`{ ${fields.join(' ')} }`))).toHaveLength(20)
})
