import { expect, test } from 'vitest'
import { memberPrice, products, publish, saveLadder, saveOffer, tiers } from '../harness/acts.ts'
import { FAR, RESTORE, restore, schedule } from '../harness/history.ts'
import { ladder, refusal, retire } from '../harness/rules.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
type Answer = any

const VERSIONS = `query ($first: Int, $after: String) { ladder(code: "MEMBERS") { versions(first: $first, after: $after) {
  totalCount pageInfo { endCursor hasNextPage } nodes { version state publishedAt endedAt scheduledFor rungs { tierCode tier { code } adjustment { percentOff } } } } } }`
const COMPARE =
  'query ($code: String!, $from: Int!, $to: Int!) { compareVersions(code: $code, from: $from, to: $to) { path before after } }'

const members = (percentOff: number, more: object = {}) => ({
  code: 'members',
  name: 'Members',
  rungs: [{ tierCode: 'gold', adjustment: { percentOff } }],
  ...more,
})

async function openVersions(): Promise<TestShop> {
  const shop = await openTestShop()
  await tiers(shop, 'silver', 'gold')
  await products(shop, { A: 10_000 })
  for (const percentOff of [10, 20, 30]) {
    await saveLadder(shop, members(percentOff))
    await publish(shop, 'members')
  }
  await saveLadder(shop, members(40))
  await schedule(shop, FAR, 'members')
  await saveLadder(shop, members(50))
  return shop
}

test('every version is kept with when it was in force; one ends where the next begins', async () => {
  const shop = await openVersions()
  const { versions } = (await shop.admin(VERSIONS)).ladder
  expect(versions).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: false } })
  const [draft, waiting, third, second, first] = versions.nodes
  expect(draft).toMatchObject({ version: 5, state: 'DRAFT', publishedAt: null, endedAt: null })
  expect(waiting).toMatchObject({ version: 4, state: 'SCHEDULED', scheduledFor: FAR, publishedAt: null })
  expect(third).toMatchObject({ version: 3, state: 'PUBLISHED', endedAt: null, rungs: [{ adjustment: { percentOff: 30 } }] })
  expect(second).toMatchObject({ version: 2, state: 'SUPERSEDED', endedAt: third.publishedAt })
  expect(first).toMatchObject({ version: 1, state: 'SUPERSEDED', endedAt: second.publishedAt, rungs: [{ tier: { code: 'gold' } }] })
})

test('versions come page by page', async () => {
  const shop = await openVersions()
  const seen: number[] = []
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo }: Answer = (await shop.admin(VERSIONS, { first: 2, after })).ladder.versions
    seen.push(...nodes.map(({ version }: { version: number }) => version))
    after = pageInfo.endCursor
    if (!pageInfo.hasNextPage) break
  }
  expect(seen).toEqual([5, 4, 3, 2, 1])
})

test('one version is had by its number, of the right kind of rule', async () => {
  const shop = await openVersions()
  const found = await shop.admin(`{ a: ladderVersion(code: "members", version: 2) { version rungs { adjustment { percentOff } } }
    b: ladderVersion(code: "members", version: 99) { version } c: offerVersion(code: "members", version: 2) { version } }`)
  expect(found).toEqual({ a: { version: 2, rungs: [{ adjustment: { percentOff: 20 } }] }, b: null, c: null })
})

test('two versions are compared in the words in which they are saved', async () => {
  const shop = await openVersions()
  const wide = members(12.5, {
    priority: 3,
    audience: "customer_tags CONTAINS 'vip'",
    validFrom: '2199-01-01T00:00:00Z',
    rungs: [
      { tierCode: 'silver', adjustment: { percentOff: 12.5 } },
      { tierCode: 'gold', minQuantity: 10, adjustment: { fixedPrice: 7_000 } },
    ],
  })
  await saveLadder(shop, wide)
  const compare = async (from: number, to: number) => (await shop.admin(COMPARE, { code: 'Members', from, to })).compareVersions
  expect(await compare(1, 2)).toEqual([{ path: 'rungs.0.adjustment.percentOff', before: 10, after: 20 }])
  expect(await compare(2, 2)).toEqual([])
  expect(await compare(1, 6)).toEqual(
    expect.arrayContaining([
      { path: 'priority', before: 0, after: 3 },
      { path: 'audience', before: null, after: "customer_tags CONTAINS 'vip'" },
      { path: 'validFrom', before: null, after: '2199-01-01T00:00:00.000Z' },
      { path: 'rungs.0.tierCode', before: 'gold', after: 'silver' },
      { path: 'rungs.0.adjustment.percentOff', before: 10, after: 12.5 },
      { path: 'rungs.1', before: null, after: { tierCode: 'gold', minQuantity: 10, adjustment: { fixedPrice: 7_000 } } },
    ]),
  )
  expect(await compare(1, 6)).toHaveLength(6)
  expect(await refusal(shop, COMPARE, { code: 'members', from: 1, to: 99 })).toBe('NOT_FOUND at to')
  expect(await refusal(shop, COMPARE, { code: 'nothing', from: 1, to: 2 })).toBe('NOT_FOUND at from')
})

test('offers are compared and restored as ladders are', async () => {
  const shop = await openVersions()
  const offer = (step: object, more: object = {}) => ({
    code: 'big',
    level: 'ORDER',
    order: { steps: [{ minSubtotal: 10_000, ...step }] },
    ...more,
  })
  await saveOffer(shop, offer({ percentOff: 5 }))
  await publish(shop, 'big')
  await saveOffer(shop, offer({ amountOff: 700, minTierCode: 'gold', gifts: [{ sku: 'MUG' }] }, { budget: 90_000 }))
  await publish(shop, 'big')
  const { compareVersions } = await shop.admin(COMPARE, { code: 'big', from: 1, to: 2 })
  expect(compareVersions).toEqual(
    expect.arrayContaining([
      { path: 'budget', before: null, after: 90_000 },
      { path: 'order.steps.0.percentOff', before: 5, after: null },
      { path: 'order.steps.0.amountOff', before: null, after: 700 },
      { path: 'order.steps.0.minTierCode', before: null, after: 'gold' },
      { path: 'order.steps.0.gifts.0', before: null, after: { sku: 'MUG', quantity: 1, minTierCode: null } },
    ]),
  )
  await restore(shop, 'big', 1)
  await publish(shop, 'big')
  expect((await shop.admin(COMPARE, { code: 'big', from: 1, to: 3 })).compareVersions).toEqual([])
})

test('an old version becomes the draft, and once published the price', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  const everyone = (percentOff: number) => ({ code: 'members', rungs: [{ adjustment: { percentOff } }] })
  for (const percentOff of [10, 20]) {
    await saveLadder(shop, everyone(percentOff))
    await publish(shop, 'members')
  }
  expect(await restore(shop, 'MEMBERS', 1)).toBe(3)
  expect(await memberPrice(shop, null, 'A')).toBe(8_000)
  expect((await ladder(shop, 'members')).draft).toMatchObject({ version: 3, rungs: [{ adjustment: { percentOff: 10 } }] })
  await publish(shop, 'members')
  expect(await memberPrice(shop, null, 'A')).toBe(9_000)
  const { auditLog } = await shop.admin('{ auditLog(target: "ladder/members", first: 2) { nodes { action } } }')
  expect(auditLog.nodes).toEqual([{ action: 'publish' }, { action: 'restoreVersion' }])
})

test('a retired rule comes back by its last version', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await saveLadder(shop, { code: 'members', rungs: [{ adjustment: { percentOff: 10 } }] })
  await publish(shop, 'members')
  await retire(shop, 'members')
  await restore(shop, 'members', 1)
  expect((await ladder(shop, 'members')).status).toBe('DRAFT')
  await publish(shop, 'members')
  expect(await memberPrice(shop, null, 'A')).toBe(9_000)
})

test('what is not allowed today is not restored: a tier that is gone, a version that is not there, an editor who was overtaken', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'gold', 'old')
  await saveLadder(shop, { code: 'members', rungs: [{ tierCode: 'old', adjustment: { percentOff: 10 } }] })
  await publish(shop, 'members')
  await saveLadder(shop, { code: 'members', rungs: [{ tierCode: 'gold', adjustment: { percentOff: 10 } }] })
  await publish(shop, 'members')
  await shop.admin('mutation { deleteTier(code: "old") }')
  expect(await refusal(shop, RESTORE, { code: 'members', version: 1 })).toBe('UNKNOWN_TIER at version')
  expect(await refusal(shop, RESTORE, { code: 'members', version: 3 })).toBe('NOT_FOUND at version')
  expect(await refusal(shop, RESTORE, { code: 'members', version: 2, expected: 1 })).toBe('CONFLICT at expectedVersion')
  expect(await refusal(shop, RESTORE, { code: 'members', version: 2, expected: 2 })).toBe('accepted')
  // The old version still says whom it was for.
  const { ladderVersion } = await shop.admin('{ ladderVersion(code: "members", version: 1) { rungs { tierCode tier { code } } } }')
  expect(ladderVersion.rungs).toEqual([{ tierCode: 'old', tier: null }])
})
