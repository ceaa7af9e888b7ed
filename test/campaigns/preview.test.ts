import { expect, test } from 'vitest'
import { customers, orders, products } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { mailServer } from '../messages/mailing.ts'
import { carry, membersOf, saveCampaign, start } from './running.ts'

const preview = async (shop: TestShop, code: string) =>
  (
    await shop.admin(
      `query ($code: String!) { previewCampaign(code: $code) {
        audience excluded takenPart joining control treated lookedAtPercent messagesCost possibleDiscount
        steps { step channels { channel count } held { reason count } leftOut { reason count } cost }
        customers { totalCount nodes { externalId: id } } } }`,
      { code },
    )
  ).previewCampaign

const yes = (channel: 'EMAIL' | 'SMS') => ({ channel, granted: true, at: '2025-01-01T00:00:00Z' })

test('a preview says who would join, by which channel they would be reached, who would be left out and why, and what it costs', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 1_000 })
  await customers(shop, {
    mail: {
      email: 'mail@example.com',
      emailVerified: true,
      consents: [yes('EMAIL'), yes('SMS')],
      phone: '13800000001',
      phoneVerified: true,
    },
    text: { phone: '13800000002', phoneVerified: true, consents: [yes('SMS')] },
    silent: { email: 'silent@example.com', emailVerified: true },
    nowhere: {},
    engineer: { tags: ['engineer'] },
    never: {},
  })
  const buyers = ['mail', 'text', 'silent', 'nowhere', 'engineer']
  await orders(shop, ...buyers.map((who) => [who, 'A', 1_000, 1, '2026-01-01T00:00:00Z'] as const))
  await mailServer(shop, { port: 1 } as never, { costMinor: 3 })
  await saveCampaign(shop, {
    code: 'recall',
    audience: 'number_of_orders >= 1',
    exclusions: ["customer_tags CONTAINS 'engineer'"],
    steps: [
      { channels: ['EMAIL', 'POST'], templateCode: 'recall' },
      { channels: ['EMAIL'], templateCode: 'recall', condition: "customer_tags CONTAINS 'nobody'" },
    ],
  })
  await carry(shop, 'recall')
  const seen = await preview(shop, 'recall')
  expect(seen).toMatchObject({
    audience: 5,
    excluded: 1,
    takenPart: 0,
    joining: 4,
    control: 0,
    treated: 4,
    lookedAtPercent: 100,
    possibleDiscount: 0,
    customers: { totalCount: 4 },
  })
  expect(seen.customers.nodes).toHaveLength(4)
  const [first, second] = seen.steps
  expect(first.channels).toContainEqual({ channel: 'EMAIL', count: 1 })
  expect(first.cost).toBe(3)
  expect([...first.channels, ...first.held, ...first.leftOut].reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(4)
  expect(second).toMatchObject({ channels: [], leftOut: [{ reason: 'CONDITION', count: 4 }], cost: 0 })
  expect(seen.messagesCost).toBe(3)
  expect(await membersOf(shop, 'recall')).toEqual([])
})

test('the control group of a preview is the one that is drawn when it starts, and nobody joins twice', async () => {
  const shop = await openTestShop()
  await customers(shop, Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`c${i}`, {}])))
  await saveCampaign(shop, { code: 'half', controlPercent: 40, start: { kind: 'DAILY' } })
  const before = await preview(shop, 'half')
  await start(shop, 'half')
  const members = await membersOf(shop, 'half')
  expect(members.filter(({ treated }) => !treated)).toHaveLength(before.control)
  expect(members.filter(({ treated }) => treated)).toHaveLength(before.treated)
  expect(await preview(shop, 'half')).toMatchObject({ audience: 60, takenPart: 60, joining: 0, treated: 0, steps: [{ channels: [] }] })
})

test('what is over has no preview, and what is not there neither', async () => {
  const shop = await openTestShop()
  await saveCampaign(shop, { code: 'gone' })
  await shop.admin('mutation { cancelCampaign(code: "gone") { id } }')
  const ask = async (code: string) =>
    (await shop.ask('/admin/graphql', bearer(shop.keys.owner), `{ previewCampaign(code: "${code}") { audience } }`)).errors.map(
      ({ extensions }) => extensions.code,
    )
  expect([await ask('gone'), await ask('never')]).toEqual([['CONFLICT'], ['NOT_FOUND']])
})
