import { expect, test } from 'vitest'
import { customers, orders, products } from '../harness/acts.ts'
import { openTestShop } from '../harness/shop.ts'
import { isControl } from './draw.ts'
import { exposuresOf, membersOf, saveCampaign, start } from './running.ts'

test('whoever the audience holds joins, less those who are excluded, and their first exposure is due', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 1_000 })
  await customers(shop, { mei: {}, bo: {}, li: { tags: ['engineer'] } })
  await orders(shop, ['mei', 'A', 1_000, 1, '2026-01-01T00:00:00Z'], ['li', 'A', 1_000, 1, '2026-01-01T00:00:00Z'])
  await saveCampaign(shop, {
    code: 'recall',
    audience: 'number_of_orders >= 1',
    exclusions: ["customer_tags CONTAINS 'engineer'"],
    steps: [{ delayDays: 1, channels: ['EMAIL'], templateCode: 'recall' }],
  })
  await start(shop, 'recall')
  expect((await membersOf(shop, 'recall')).map(({ who, treated }) => ({ who, treated }))).toEqual([{ who: 'mei', treated: true }])
  expect(await exposuresOf(shop, 'recall')).toEqual([{ who: 'mei', step: 1, status: 'DUE', reason: null }])
})

test('the control group is drawn by a hash of campaign and customer, and has no exposure', async () => {
  const shop = await openTestShop()
  await customers(shop, Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`c${i}`, {}])))
  const id = await saveCampaign(shop, {
    code: 'half',
    controlPercent: 50,
    steps: [{ delayDays: 1, channels: ['EMAIL'], templateCode: 'recall' }],
  })
  await start(shop, 'half')
  const members = await membersOf(shop, 'half')
  expect(members.length).toBe(200)
  for (const { customer_id, treated } of members) expect(treated).toBe(!isControl(id, customer_id, 5_000))
  const treated = members.filter((member) => member.treated).map(({ who }) => who)
  expect(treated.length).toBeGreaterThan(50)
  expect(treated.length).toBeLessThan(150)
  expect((await exposuresOf(shop, 'half')).map(({ who }) => who)).toEqual(treated)
})
