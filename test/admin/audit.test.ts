import { expect, test } from 'vitest'
import { saveLadder, tiers } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop } from '../harness/shop.ts'

const LOG = `query ($target: String, $first: Int, $after: String) { auditLog(target: $target, first: $first, after: $after) {
  nodes { id at actorKind actorId actorName action target before after } pageInfo { hasNextPage endCursor } totalCount } }`

test('the log tells who changed what, the newest first, as it was and as it is', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'gold')
  await shop.admin('mutation { saveTier(input: { code: "gold", name: "Golden", rank: 5 }) { id } }')
  const { auditLog } = await shop.admin(LOG)
  const { keys } = await shop.admin('{ keys { id name role } }')
  const owner = keys.find(({ role }: { role: string | null }) => role === 'OWNER')
  expect(auditLog.nodes[0]).toMatchObject({
    actorKind: 'KEY',
    actorId: owner.id,
    actorName: owner.name,
    action: 'saveTier',
    target: 'tier/gold',
    before: { code: 'gold', name: 'gold', rank: 1 },
    after: { code: 'gold', name: 'Golden', rank: 5 },
  })
  expect(auditLog.nodes[1]).toMatchObject({ action: 'saveTier', before: null, after: { name: 'gold' } })
})

test('the log of one thing is what was done to it, page by page', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'silver')
  for (const percentOff of [1, 2, 3]) await saveLadder(shop, { code: 'summer', rungs: [{ adjustment: { percentOff } }] })
  const target = (await shop.admin(LOG, { first: 1 })).auditLog.nodes[0].target
  const first = (await shop.admin(LOG, { target, first: 2 })).auditLog
  expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } })
  const second = (await shop.admin(LOG, { target, first: 2, after: first.pageInfo.endCursor })).auditLog
  expect(second.pageInfo.hasNextPage).toBe(false)
  const ids = [...first.nodes, ...second.nodes].map(({ id }) => id)
  expect(new Set(ids).size).toBe(3)
  expect(ids).toEqual([...ids].sort().reverse())
})

test('a change that is refused leaves no trace', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'gold')
  const { auditLog: before } = await shop.admin(LOG)
  const refused = await shop.ask(
    '/admin/graphql',
    bearer(shop.keys.owner),
    'mutation { saveTier(input: { code: "silver", name: "Silver", rank: 1 }) { id } }',
  )
  expect(refused.errors[0]?.extensions.code).toBe('CONFLICT')
  expect((await shop.admin(LOG)).auditLog.totalCount).toBe(before.totalCount)
})

test('a cursor that the log never gave is refused', async () => {
  const shop = await openTestShop()
  const answer = await shop.ask('/admin/graphql', bearer(shop.keys.owner), LOG, { after: 'bm90IGEgY3Vyc29y' })
  expect(answer.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', inputPath: ['after'] })
})
