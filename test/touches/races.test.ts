import { describe, expect, inject, test } from 'vitest'
import { decideTouches, mayStillTouch } from '../../src/touches/decision.service.ts'
import { object } from '../../src/touches/objection.service.ts'
import type { TouchDecision } from '../../src/touches/touch.model.ts'
import { customers } from '../harness/acts.ts'
import { anotherNode } from '../harness/node.ts'
import { statementsIn } from '../harness/queries.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { wanted } from './decide.ts'

const ROUNDS = 50
const YES = { consents: [{ channel: 'EMAIL', granted: true, at: '2025-01-01T00:00:00Z' }] }

async function shopWith(people: number): Promise<{ shop: TestShop; ids: string[] }> {
  const shop = await openTestShop()
  const all = Array.from({ length: people }, (_, i) => [`p${i}`, { email: `p${i}@example.com`, ...YES }] as const)
  for (let i = 0; i < people; i += 500) await customers(shop, Object.fromEntries(all.slice(i, i + 500)))
  const ids = []
  for (let after: string | null = null; ; ) {
    const { customers: page } = await shop.admin('query ($after: String) { customers(first: 250, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }', { after }) // biome-ignore format: one line
    ids.push(...page.nodes.map(({ id }: { id: string }) => id))
    if (!page.pageInfo.hasNextPage) return { shop, ids }
    after = page.pageInfo.endCursor
  }
}

const sent = (decisions: readonly TouchDecision[]) => decisions.filter(({ kind }) => kind === 'SEND')

describe.skipIf(inject('template') === null)('on a server (skipped on the embedded database, which takes one act after another)', () => {
  test('who decides for one customer at once, from two processes, stays within a cap of one', async () => {
    const { shop, ids } = await shopWith(ROUNDS)
    const other = shop.at(await anotherNode())
    for (const id of ids) {
      const decided = await Promise.all([shop, other, shop, other].map((at) => decideTouches(at.world(), [wanted(id)])))
      expect(sent(decided.flat())).toHaveLength(1)
    }
  })

  test('many customers wanted by many at once, in whatever order, wait in no circle, and each is spoken to once', async () => {
    const { shop, ids } = await shopWith(40)
    const other = shop.at(await anotherNode())
    const all = await Promise.all(
      [shop, other, shop, other, shop, other].map((at, i) => {
        const order = i % 2 === 0 ? ids : ids.toReversed()
        return decideTouches(
          at.world(),
          order.map((id) => wanted(id)),
        )
      }),
    )
    expect(sent(all.flat())).toHaveLength(ids.length)
  })

  test('one exposure that two decide at once is one touch', async () => {
    const { shop, ids } = await shopWith(20)
    const other = shop.at(await anotherNode())
    for (const id of ids) {
      const one = wanted(id)
      const [first, second] = await Promise.all([shop, other].map((at) => decideTouches(at.world(), [one])))
      expect(first).toEqual(second)
      expect(first?.[0]?.kind).toBe('SEND')
    }
  })

  test('an objection that comes while it is decided is found before it is sent', async () => {
    const { shop, ids } = await shopWith(20)
    const other = shop.at(await anotherNode())
    for (const id of ids) {
      const [[decision]] = await Promise.all([
        decideTouches(shop.world(), [wanted(id)]),
        object(other.world(), { by: 'id', value: id }, 'ALL', { source: null, wording: null, at: null }),
      ])
      if (decision?.kind !== 'SEND') expect(decision).toMatchObject({ kind: 'DROP', reason: 'OBJECTED' })
      else expect([...(await mayStillTouch(shop.world(), [decision.touchId])).values()]).toEqual(['OBJECTED'])
    }
  })
})

test('a thousand are decided by as many statements as two, and asked by as many as seven before they are sent', async () => {
  const { shop, ids } = await shopWith(1_000)
  await shop.admin(`mutation { saveTouchPolicy(input: { caps: [{ most: 2, rollingDays: 7, audience: "number_of_orders = 0" }, { most: 1, calendar: DAY }] }) { waitAtMostDays } }`) // biome-ignore format: one line
  const wishes = (of: readonly string[]) => of.map((id, i) => wanted(id, { channels: i % 3 === 0 ? ['SMS'] : ['EMAIL', 'SMS'] }))
  let decided: readonly TouchDecision[] = []
  const few = await statementsIn(() => decideTouches(shop.world(), wishes(ids.slice(0, 2))))
  const many = await statementsIn(async () => {
    decided = await decideTouches(shop.world(), wishes(ids))
  })
  // That a key was used is noted by and by, and may fall into either count.
  expect(Math.abs(many - few)).toBeLessThanOrEqual(1)
  expect(sent(decided).length).toBeGreaterThan(600)
  const touchIds = decided.flatMap((one) => (one.kind === 'SEND' ? [one.touchId] : []))
  const [some, all] = [
    await statementsIn(() => mayStillTouch(shop.world(), touchIds.slice(0, 7))),
    await statementsIn(() => mayStillTouch(shop.world(), touchIds)),
  ]
  expect(Math.abs(all - some)).toBeLessThanOrEqual(1)
})
