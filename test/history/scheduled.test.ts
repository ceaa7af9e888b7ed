import { expect, test } from 'vitest'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { customers, memberPrice, products, publish, publishOffer, quote, saveLadder, saveOffer, tiers } from '../harness/acts.ts'
import { held, reserve } from '../harness/checkout.ts'
import { CANCEL, FAR, moveTo, publications, SCHEDULE, schedule } from '../harness/history.ts'
import { anotherNode } from '../harness/node.ts'
import { ladder, refusal, retire } from '../harness/rules.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const members = (percentOff: number, more: object = {}) => ({ code: 'members', rungs: [{ adjustment: { percentOff } }], ...more })
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function openMembers(): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 10_000 })
  await saveLadder(shop, members(10))
  await publish(shop, 'members')
  return shop
}

test('what is set for an instant is the price from that millisecond on and not before, on every server', async () => {
  const shop = await openMembers()
  const other = shop.at(await anotherNode())
  await saveLadder(shop, members(20))
  const at = Date.now() + 2_000
  await schedule(shop, new Date(at).toISOString(), 'members')
  const seen: { at: number; total: number }[] = []
  const after = () => seen.filter((one) => one.at >= at)
  while (after().length < 12)
    for (const quoted of await Promise.all([shop, shop, other, other].map((node) => quote(node, null, { A: 1 }))))
      seen.push({ at: Date.parse(quoted.at as string), total: quoted.total })
  expect(seen.length).toBeGreaterThan(after().length)
  expect(seen.filter((one) => one.total !== (one.at < at ? 9_000 : 8_000))).toEqual([])
  const [publication] = await publications(other)
  expect(publication).toMatchObject({ state: 'APPLIED', problem: null })
  expect((await ladder(shop, 'members')).published).toMatchObject({ version: 2, publishedAt: new Date(at).toISOString() })
})

test('nothing is sold at a price that is over: who reserves puts in force what is due', async () => {
  const shop = await openMembers()
  await saveLadder(shop, members(20))
  const { id } = await schedule(shop, FAR, 'members')
  expect((await held(shop, { cart: { A: 1 } })).quote.total).toBe(9_000)
  await moveTo(shop, id, new Date())
  expect(await reserve(shop, { cart: { A: 1 }, total: 9_000 })).toMatchObject({ __typename: 'PriceChanged', quote: { total: 8_000 } })
  expect((await held(shop, { cart: { A: 1 }, total: 8_000 })).quote.total).toBe(8_000)
})

test('what is reserved around the instant is sold at the price of its own millisecond, by the clock of the database', async () => {
  const shop = await openMembers()
  const other = shop.at(await anotherNode())
  await saveLadder(shop, members(20))
  const at = Date.now() + 2_000
  await schedule(shop, new Date(at).toISOString(), 'members')
  const { em, shopId } = shop.world()
  const sold = () =>
    rowsOf<{ at: string; total: string }>(
      em,
      sql`select quote ->> 'at' as at, quote ->> 'total' as total from reservation where shop_id = ${shopId}`,
    )
  const after = async () => (await sold()).filter((one) => Number(one.at) >= at)
  while ((await after()).length < 5)
    await Promise.all([shop, other].flatMap((node) => [9_000, 8_000].map((total) => reserve(node, { cart: { A: 1 }, total }))))
  expect((await sold()).filter((one) => Number(one.total) !== (Number(one.at) < at ? 9_000 : 8_000))).toEqual([])
  expect((await sold()).length).toBeGreaterThan((await after()).length)
})

test('of many who come upon a due publication at once, on two servers, one puts it in force and all price by it', async () => {
  const shop = await openMembers()
  const other = shop.at(await anotherNode())
  await saveLadder(shop, members(20))
  const { id } = await schedule(shop, FAR, 'members')
  await moveTo(shop, id, new Date())
  const reserved = await Promise.all(Array.from({ length: 20 }, (_, i) => reserve(i % 2 ? shop : other, { cart: { A: 1 }, total: 8_000 })))
  expect(new Set(reserved.map(({ __typename, quote }) => `${__typename} ${quote.total} ${quote.bookVersion}`)).size).toBe(1)
  expect(reserved[0]).toMatchObject({ __typename: 'Reservation', quote: { total: 8_000 } })
  const { auditLog } = await shop.admin('{ auditLog(target: "ladder/members") { nodes { action actorKind actorName } } }')
  expect(auditLog.nodes.filter(({ actorKind }: { actorKind: string }) => actorKind === 'SYSTEM')).toEqual([
    { action: 'publish', actorKind: 'SYSTEM', actorName: 'scheduled publication' },
  ])
})

test('what was scheduled goes into force as it was, whatever the next draft says; one publication follows another', async () => {
  const shop = await openMembers()
  await saveLadder(shop, members(20))
  const friday = await schedule(shop, '2199-01-02T00:00:00Z', 'members')
  await saveLadder(shop, members(30))
  const monday = await schedule(shop, '2199-01-05T00:00:00Z', 'members')
  await saveLadder(shop, members(40))
  const preview = async (at: string) =>
    (await shop.admin('query ($at: DateTime) { previewQuote(cart: { lines: [{ sku: "A", quantity: 1 }] }, at: $at) { total } }', { at }))
      .previewQuote.total
  expect(await preview('2199-01-01T23:59:59.999Z')).toBe(9_000)
  expect(await preview('2199-01-02T00:00:00Z')).toBe(8_000)
  expect(await preview('2199-01-05T00:00:00Z')).toBe(7_000)
  const now = Date.now()
  await moveTo(shop, friday.id, new Date(now - 20))
  await moveTo(shop, monday.id, new Date(now - 10))
  expect((await held(shop, { cart: { A: 1 }, total: 7_000 })).quote.total).toBe(7_000)
  const stands = await ladder(shop, 'members')
  expect(stands.published.rungs[0].adjustment.percentOff).toBe(30)
  expect(stands.draft.rungs[0].adjustment.percentOff).toBe(40)
  expect(await preview(new Date(now - 15).toISOString())).toBe(8_000)
})

test('all or none: what was retired meanwhile fails the publication, says why, holds up no price, and is a draft again', async () => {
  const shop = await openMembers()
  await publishOffer(shop, { code: 'sale', level: 'PRODUCT', combination: 'STACKABLE', product: { adjustment: { amountOff: 100 } } })
  await saveOffer(shop, { code: 'sale', level: 'PRODUCT', combination: 'STACKABLE', product: { adjustment: { amountOff: 500 } } })
  await saveLadder(shop, members(20))
  const { id } = await schedule(shop, FAR, 'members', 'sale')
  await retire(shop, 'sale')
  await moveTo(shop, id, new Date())
  expect((await held(shop, { cart: { A: 1 }, total: 9_000 })).quote.total).toBe(9_000)
  expect(await publications(shop)).toMatchObject([{ state: 'FAILED', problem: '"sale" was taken out of force since.', bookVersion: null }])
  expect(await ladder(shop, 'members')).toMatchObject({ status: 'PUBLISHED', draft: { version: 2, state: 'DRAFT' } })
})

test('a publication that is taken back leaves its drafts, and never comes', async () => {
  const shop = await openMembers()
  await saveLadder(shop, members(20))
  const { id } = await schedule(shop, FAR, 'members')
  expect(await ladder(shop, 'members')).toMatchObject({ status: 'PUBLISHED', draft: null })
  expect((await shop.admin(CANCEL, { id })).cancelPublication).toMatchObject({ state: 'CANCELLED', bookVersion: null })
  expect((await ladder(shop, 'members')).draft).toMatchObject({ version: 2, state: 'DRAFT', scheduledFor: null })
  expect(await refusal(shop, CANCEL, { id })).toBe('CONFLICT at id')
  await publish(shop, 'members')
  expect(await memberPrice(shop, null, 'A')).toBe(8_000)
})

test('one that went into force, though nobody has looked yet, is not taken back', async () => {
  const shop = await openMembers()
  await saveLadder(shop, members(20))
  const { id } = await schedule(shop, FAR, 'members')
  await moveTo(shop, id, new Date())
  expect(await refusal(shop, CANCEL, { id })).toBe('CONFLICT at id')
  expect(await publications(shop)).toMatchObject([{ state: 'APPLIED' }])
})

test('staff who publish after an instant that nobody noticed come after it', async () => {
  const shop = await openMembers()
  await saveLadder(shop, members(20))
  const { id } = await schedule(shop, FAR, 'members')
  await saveLadder(shop, members(5))
  await moveTo(shop, id, new Date(Date.now() - 50))
  await publish(shop, 'members')
  expect(await memberPrice(shop, null, 'A')).toBe(9_500)
  expect(await publications(shop)).toMatchObject([{ state: 'APPLIED' }])
})

test('a tier stays while something that waits names it', async () => {
  const shop = await openMembers()
  await tiers(shop, 'gold')
  await customers(shop, { mei: null })
  await saveLadder(shop, { code: 'gold', rungs: [{ tierCode: 'gold', adjustment: { percentOff: 50 } }] })
  await schedule(shop, FAR, 'gold')
  expect(await refusal(shop, 'mutation { deleteTier(code: "gold") }', {})).toBe('IN_USE at code')
  expect((await ladder(shop, 'gold')).status).toBe('DRAFT')
})

test.each([
  ['BAD_USER_INPUT at codes', [], FAR],
  ['NOT_FOUND at codes.1', ['members', 'nothing'], FAR],
  ['CONFLICT at codes.0', ['plain'], FAR],
  ['BAD_USER_INPUT at at', ['members'], '2020-01-01T00:00:00Z'],
])('%s: %j cannot be set for %s', async (problem, codes, at) => {
  const shop = await openMembers()
  await saveLadder(shop, members(20))
  await saveLadder(shop, { ...members(1), code: 'plain' })
  await publish(shop, 'plain')
  expect(await refusal(shop, SCHEDULE, { codes, at })).toBe(problem)
  expect(await publications(shop)).toEqual([])
})

test('another server knows of a publication within a second', async () => {
  const shop = await openMembers()
  const other = shop.at(await anotherNode())
  expect(await memberPrice(other, null, 'A')).toBe(9_000)
  await saveLadder(shop, members(20))
  const { id } = await schedule(shop, FAR, 'members')
  await moveTo(shop, id, new Date())
  await sleep(1_000)
  expect(await memberPrice(other, null, 'A')).toBe(8_000)
})
