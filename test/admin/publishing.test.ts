import { expect, inject, test } from 'vitest'
import { listAudit } from '../../src/audit/audit.service.ts'
import { tiers } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { anotherNode, closeAfterwards } from '../harness/node.ts'
import { deleteDraft, ladder, offer, publish, refusal, retire, SAVE_LADDER, SAVE_OFFER, saveLadder, saveOffer } from '../harness/rules.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

const LADDER = { code: 'members', name: 'Members', rungs: [{ adjustment: { percentOff: 10 } }] }
const OFFER = { code: 'tea', name: 'Tea', level: 'PRODUCT', product: { adjustment: { amountOff: 300 } } }
const PUBLISH = 'mutation ($codes: [String!]!) { publish(codes: $codes) { bookVersion } }'
const RETIRE = 'mutation ($codes: [String!]!) { retire(codes: $codes) { bookVersion } }'
const DELETE_DRAFT = 'mutation ($code: String!) { deleteDraft(code: $code) }'
const DELETE_TIER = 'mutation ($code: String!) { deleteTier(code: $code) }'

test('what is published stays until its draft is, and the draft takes its place', async () => {
  const shop = await openTestShop()
  await saveLadder(shop, LADDER)
  await publish(shop, 'members')
  const edited = await saveLadder(shop, { ...LADDER, name: 'New' }, 1)
  expect(edited).toMatchObject({ status: 'PUBLISHED', published: { version: 1, name: 'Members' }, draft: { version: 2, name: 'New' } })
  expect(edited.published.publishedAt).toEqual(expect.any(String))
  await publish(shop, 'members')
  expect(await ladder(shop, 'members')).toMatchObject({ status: 'PUBLISHED', published: { version: 2, name: 'New' }, draft: null })
})

test('ladders and offers are published in one step, and each step begins a new version of the book', async () => {
  const shop = await openTestShop()
  await saveLadder(shop, LADDER)
  await saveOffer(shop, OFFER)
  const { bookVersion, warnings } = await publish(shop, 'TEA', 'members', 'tea')
  expect(warnings).toEqual([])
  expect([(await ladder(shop, 'members')).status, (await offer(shop, 'tea')).status]).toEqual(['PUBLISHED', 'PUBLISHED'])
  expect((await retire(shop, 'tea', 'Members')).bookVersion).toBe(bookVersion + 1)
})

test('of several codes all are published and retired, or none', async () => {
  const shop = await openTestShop()
  await saveLadder(shop, LADDER)
  await saveOffer(shop, OFFER)
  expect(await refusal(shop, PUBLISH, { codes: ['members', 'tea', 'coffee'] })).toBe('NOT_FOUND at codes.2')
  expect((await ladder(shop, 'members')).published).toBeNull()
  const { bookVersion } = await publish(shop, 'members')
  expect(await refusal(shop, PUBLISH, { codes: ['tea', 'members'] })).toBe('CONFLICT at codes.1')
  expect((await offer(shop, 'tea')).published).toBeNull()
  expect(await refusal(shop, RETIRE, { codes: ['members', 'tea'] })).toBe('CONFLICT at codes.1')
  expect((await ladder(shop, 'members')).status).toBe('PUBLISHED')
  expect((await publish(shop, 'tea')).bookVersion).toBe(bookVersion + 1)
})

test('no codes, too many, and codes that nobody could have are refused', async () => {
  const shop = await openTestShop()
  for (const mutation of [PUBLISH, RETIRE]) {
    expect(await refusal(shop, mutation, { codes: [] })).toBe('BAD_USER_INPUT at codes')
    expect(await refusal(shop, mutation, { codes: Array.from({ length: 1_001 }, () => 'x') })).toBe('TOO_MANY_ITEMS at codes')
    expect(await refusal(shop, mutation, { codes: ['a\0b'] })).toBe('NOT_FOUND at codes.0')
  }
  expect(await refusal(shop, DELETE_DRAFT, { code: 'a\0b' })).toBe('NOT_FOUND at code')
})

test('a status says what is in force, else what waits, else that nothing is left', async () => {
  const shop = await openTestShop()
  const status = async () => (await ladder(shop, 'members'))?.status
  await saveLadder(shop, LADDER)
  await publish(shop, 'members')
  await saveLadder(shop, LADDER)
  await retire(shop, 'members')
  expect(await ladder(shop, 'members')).toMatchObject({ status: 'DRAFT', published: null, draft: { version: 2 } })
  await deleteDraft(shop, 'members')
  expect(await ladder(shop, 'members')).toMatchObject({ status: 'RETIRED', published: null, draft: null })
  await saveLadder(shop, LADDER)
  expect(await status()).toBe('DRAFT')
  await publish(shop, 'members')
  expect(await status()).toBe('PUBLISHED')
  await saveLadder(shop, LADDER)
  await deleteDraft(shop, 'members')
  expect(await ladder(shop, 'members')).toMatchObject({ status: 'PUBLISHED', published: { version: 3 }, draft: null })
})

test('a draft that was never published leaves nothing behind, and its code is free', async () => {
  const shop = await openTestShop()
  await saveLadder(shop, LADDER)
  expect(await deleteDraft(shop, 'MEMBERS')).toBe(true)
  expect(await ladder(shop, 'members')).toBeNull()
  expect(await refusal(shop, DELETE_DRAFT, { code: 'members' })).toBe('NOT_FOUND at code')
  expect((await saveOffer(shop, { ...OFFER, code: 'members' })).status).toBe('DRAFT')
})

test('a code is one over ladders and offers whatever its ASCII case, and keeps the case it was made with', async () => {
  const shop = await openTestShop()
  await saveLadder(shop, { ...LADDER, code: 'Sale-É' })
  expect(await refusal(shop, SAVE_OFFER, { input: { ...OFFER, code: 'sALE-É' } })).toBe('CODE_TAKEN at input.code')
  expect(await saveLadder(shop, { ...LADDER, code: 'SALE-É' })).toMatchObject({ code: 'Sale-É', draft: { version: 2 } })
  expect(await saveLadder(shop, { ...LADDER, code: 'SALE-é' })).toMatchObject({ code: 'SALE-é', draft: { version: 1 } })
  await publish(shop, 'sale-É')
  await retire(shop, 'sale-É')
  expect(await refusal(shop, SAVE_OFFER, { input: { ...OFFER, code: 'sale-É' } })).toBe('CODE_TAKEN at input.code')
})

test('who edited another version than what stands now is told so', async () => {
  const shop = await openTestShop()
  const save = (expectedVersion: number) => refusal(shop, SAVE_LADDER, { input: LADDER, expectedVersion })
  expect(await save(1)).toBe('CONFLICT at expectedVersion')
  await saveLadder(shop, LADDER)
  expect(await save(1)).toBe('accepted')
  expect(await save(1)).toBe('CONFLICT at expectedVersion')
  expect((await ladder(shop, 'members')).draft.version).toBe(2)
  await publish(shop, 'members')
  expect(await save(2)).toBe('accepted')
  // A draft is there now: what is published is no longer what is edited.
  expect(await save(2)).toBe('CONFLICT at expectedVersion')
  const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), SAVE_LADDER, { input: LADDER, expectedVersion: 2 })
  expect(errors[0]?.extensions).toMatchObject({ currentVersion: 3 })
  await deleteDraft(shop, 'members')
  expect(await save(2)).toBe('accepted')
  await deleteDraft(shop, 'members')
  await retire(shop, 'members')
  expect(await save(2)).toBe('CONFLICT at expectedVersion')
  expect((await saveLadder(shop, LADDER)).draft.version).toBe(5)
})

test('publishing what can never apply goes through, with a warning, and a surprise is something that applies', async () => {
  const shop = await openTestShop()
  await saveLadder(shop, { ...LADDER, validUntil: '2020-01-01T00:00:00Z' })
  await saveOffer(shop, { ...OFFER, code: 'empty', level: 'ORDER', product: null, order: { steps: [{ minSubtotal: 5 }] } })
  const repeated = { repeat: true, steps: [{ minSubtotal: 5, percentOff: 5 }] }
  await saveOffer(shop, { ...OFFER, code: 'repeat', level: 'ORDER', product: null, order: repeated })
  const lucky = { steps: [{ surprise: [{ name: 'A cup', odds: 1, gift: { sku: 'CUP' } }] }] }
  await saveOffer(shop, { ...OFFER, code: 'lucky', level: 'ORDER', product: null, order: lucky })
  const { warnings } = await publish(shop, 'members', 'empty', 'repeat', 'lucky')
  expect(warnings.map(({ ruleCode, kind }: Record<string, string>) => `${ruleCode}: ${kind}`)).toEqual([
    'empty: NEVER_APPLIES',
    'members: NEVER_APPLIES',
    'repeat: REPEAT_WITHOUT_AMOUNT',
  ])
  expect((await ladder(shop, 'members')).status).toBe('PUBLISHED')
})

test('a tier stays while a draft or a published rule names it: in a rung, in a step, with a gift', async () => {
  const shop = await openTestShop()
  await tiers(shop, 'silver', 'gold', 'jade')
  const rung = { tierCode: 'silver', adjustment: { percentOff: 1 } }
  await saveLadder(shop, { ...LADDER, rungs: [rung] })
  const steps = [{ minTierCode: 'gold', gifts: [{ sku: 'G', minTierCode: 'jade' }] }]
  await saveOffer(shop, { ...OFFER, level: 'ORDER', product: null, order: { steps } })
  await publish(shop, 'members')
  for (const code of ['silver', 'gold', 'jade']) expect(await refusal(shop, DELETE_TIER, { code })).toBe('IN_USE at code')
  await deleteDraft(shop, 'tea')
  await saveLadder(shop, LADDER)
  expect(await refusal(shop, DELETE_TIER, { code: 'silver' })).toBe('IN_USE at code')
  await publish(shop, 'members')
  for (const code of ['silver', 'gold', 'jade']) expect(await refusal(shop, DELETE_TIER, { code })).toBe('accepted')
  expect(await shop.admin('{ tiers { code } }')).toEqual({ tiers: [] })
  expect(await refusal(shop, SAVE_LADDER, { input: { ...LADDER, rungs: [rung] } })).toBe('UNKNOWN_TIER at input.rungs.0.tierCode')
})

test('a tier that another node made a moment ago is shown in a rung at once', async () => {
  const shop = await openTestShop()
  const other = shop.at(closeAfterwards(await anotherNode()))
  await other.admin('{ tiers { code } }')
  await tiers(shop, 'gold')
  await saveLadder(shop, { ...LADDER, rungs: [{ tierCode: 'gold', adjustment: { percentOff: 1 } }] })
  expect((await ladder(other, 'members')).draft.rungs).toMatchObject([{ tier: { code: 'gold' } }])
})

test('every change of a rule leaves a trace with what was and what is', async () => {
  const shop = await openTestShop()
  await saveLadder(shop, LADDER)
  await saveLadder(shop, { ...LADDER, name: 'Second' })
  await publish(shop, 'members')
  await saveLadder(shop, { ...LADDER, name: 'Third' })
  await deleteDraft(shop, 'members')
  await retire(shop, 'members')
  await refusal(shop, PUBLISH, { codes: ['members'] })
  const trail = await traces(shop, 'ladder/members')
  expect(trail).toEqual([
    ['saveLadder', undefined, 'Members'],
    ['saveLadder', 'Members', 'Second'],
    ['publish', undefined, 'Second'],
    ['saveLadder', 'Second', 'Third'],
    ['deleteDraft', 'Third', undefined],
    ['retire', 'Second', undefined],
  ])
  await saveOffer(shop, OFFER)
  expect(await traces(shop, 'offer/tea')).toEqual([['saveOffer', undefined, 'Tea']])
})

async function traces(shop: TestShop, target: string) {
  const { nodes } = await listAudit(shop.world(), target, { first: 50, after: null })
  const name = (terms: unknown) => (terms as { name?: string } | null)?.name
  return nodes.map(({ action, before, after }) => [action, name(before), name(after)]).reverse()
}

test('rules are written by those who may write, and published by those who may publish', async () => {
  const shop = await openTestShop()
  const service = bearer(await shop.key('ADMIN', 'SERVICE'))
  const permission = async (mutation: string, variables: object) =>
    (await shop.ask('/admin/graphql', service, mutation, variables)).errors[0]?.extensions.permission
  expect(await permission(PUBLISH, { codes: ['x'] })).toBe('rules:publish')
  expect(await permission(RETIRE, { codes: ['x'] })).toBe('rules:publish')
  expect(await permission(DELETE_DRAFT, { code: 'x' })).toBe('rules:write')
  expect(await permission(SAVE_OFFER, { input: OFFER })).toBe('rules:write')
  expect(await permission(DELETE_TIER, { code: 'x' })).toBe('tiers:write')
})

// The embedded database has one session: there nobody can come between.
const onServer = test.skipIf(inject('template') === null)

onServer('of many who publish one draft at once from two nodes one does', async () => {
  const shop = await openTestShop()
  const nodes = [shop, shop.at(closeAfterwards(await anotherNode()))]
  await saveLadder(shop, LADDER)
  const before = (await publish(shop, 'members')).bookVersion
  await saveLadder(shop, LADDER)
  const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => refusal(nodes[i % 2] ?? shop, PUBLISH, { codes: ['members'] })))
  expect(answers.filter((answer) => answer === 'accepted')).toHaveLength(1)
  expect(answers.filter((answer) => answer === 'CONFLICT at codes.0')).toHaveLength(11)
  expect((await retire(shop, 'members')).bookVersion).toBe(before + 2)
})

onServer('of many who edit one version at once one is heard, and nothing is lost unseen', async () => {
  const shop = await openTestShop()
  const nodes = [shop, shop.at(closeAfterwards(await anotherNode()))]
  await saveLadder(shop, LADDER)
  const save = (i: number) => refusal(nodes[i % 2] ?? shop, SAVE_LADDER, { input: { ...LADDER, name: `by ${i}` }, expectedVersion: 1 })
  const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => save(i)))
  expect(answers.filter((answer) => answer === 'accepted')).toHaveLength(1)
  expect((await ladder(shop, 'members')).draft).toMatchObject({ version: 2, name: `by ${answers.indexOf('accepted')}` })
})

onServer('a ladder and an offer that want one code at once do not both get it', async () => {
  const shop = await openTestShop()
  const saves = [
    [SAVE_LADDER, LADDER],
    [SAVE_OFFER, { ...OFFER, code: 'MEMBERS' }],
  ] as const
  const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => refusal(shop, ...asked(saves[i % 2] ?? saves[0]))))
  expect([4, 4]).toEqual(['accepted', 'CODE_TAKEN at input.code'].map((wanted) => answers.filter((answer) => answer === wanted).length))
})

const asked = ([mutation, input]: readonly [string, object]): [string, object] => [mutation, { input }]

onServer('a tier that goes while a ladder takes it up either stays, or the ladder is refused', async () => {
  const shop = await openTestShop()
  for (let i = 0; i < 6; i++) {
    const tier = `t${i}`
    await shop.admin('mutation ($input: TierInput!) { saveTier(input: $input) { id } }', { input: { code: tier, name: tier, rank: i } })
    const input = { ...LADDER, code: `l${i}`, rungs: [{ tierCode: tier, adjustment: { percentOff: 1 } }] }
    const answers = await Promise.all([refusal(shop, DELETE_TIER, { code: tier }), refusal(shop, SAVE_LADDER, { input })])
    expect(['IN_USE at code,accepted', 'accepted,UNKNOWN_TIER at input.rungs.0.tierCode']).toContain(answers.join())
  }
})
