import { expect, test } from 'vitest'
import { products } from '../harness/acts.ts'
import { FAR, publications } from '../harness/history.ts'
import type { TestShop } from '../harness/shop.ts'
import { draftLadder, draftOffer, inForce, ofKind, shopWithRegulars, type Told, warnings } from './looking.ts'

/** Sets a draft for an instant; what the answer warns of. */
async function schedule(shop: TestShop, at: string, ...codes: readonly string[]): Promise<Told[]> {
  const { schedulePublication } = await shop.admin(
    `mutation ($codes: [String!]!, $at: DateTime!) { schedulePublication(codes: $codes, at: $at) {
      state warnings { ruleCode ruleName kind message sku tierCode quantity price comparedWith } } }`,
    { codes, at },
  )
  expect(schedulePublication.state).toBe('SCHEDULED')
  return schedulePublication.warnings
}
const kinds = (told: readonly Told[]) => [...new Set(told.map(({ kind }) => kind))].sort()

async function openShop(): Promise<TestShop> {
  const shop = await shopWithRegulars()
  await products(shop, { A: 10_000 })
  return shop
}

test('who sets drafts for an instant is told what publishing them would tell, and they wait all the same', async () => {
  const shop = await openShop()
  await draftLadder(shop, 'members', { silver: 5, gold: 5.5, diamond: 10 })
  await draftOffer(shop, 'welcome', 8, { firstOrderOnly: true })
  const told = await warnings(shop, 'members', 'welcome')
  expect(kinds(told)).toEqual(['NARROW_STEPS', 'REGULARS_PAY_MORE'])
  expect(await schedule(shop, FAR, 'members', 'welcome')).toEqual(told)
  expect(await publications(shop)).toMatchObject([{ state: 'SCHEDULED', rules: [{ code: 'members' }, { code: 'welcome' }] }])
})

test('a rule that is over by then can never apply', async () => {
  const shop = await openShop()
  await draftOffer(shop, 'spring', 5, { validUntil: '2198-06-01T00:00:00Z' })
  expect(await warnings(shop, 'spring')).toEqual([])
  expect(kinds(await schedule(shop, FAR, 'spring'))).toEqual(['NEVER_APPLIES'])
})

test('drafts are held against what is set to be in force by then, and not against what comes later', async () => {
  const shop = await openShop()
  await draftOffer(shop, 'welcome', 8, { firstOrderOnly: true })
  await schedule(shop, '2199-02-01T00:00:00Z', 'welcome')
  const members = () => draftLadder(shop, 'members', { silver: 5, gold: 7, diamond: 10 })
  await members()
  expect(await ofKind(shop, 'REGULARS_PAY_MORE', 'members')).toEqual([])
  expect(kinds(await schedule(shop, '2199-01-31T23:59:59.999Z', 'members'))).toEqual([])
  await members()
  const told = await schedule(shop, '2199-02-01T00:00:00Z', 'members')
  expect(told.filter(({ kind }) => kind === 'REGULARS_PAY_MORE').map(({ tierCode }) => tierCode)).toEqual(['silver', 'gold'])
})

test('a price is held against those of the days before the instant, those that are set to come among them', async () => {
  const shop = await openShop()
  const ladder = (percent: number) => draftLadder(shop, 'members', { silver: percent })
  await ladder(30)
  expect(await ofKind(shop, 'PRICE_JUMP', 'members')).toHaveLength(1)
  await inForce(shop, 'members', ladder(1))
  await ladder(18)
  await schedule(shop, '2199-01-01T00:00:00Z', 'members')
  await ladder(30)
  expect(kinds(await schedule(shop, '2199-01-02T00:00:00Z', 'members'))).toEqual([])
  await ladder(1)
  const told = await schedule(shop, '2199-03-15T00:00:00Z', 'members')
  expect(told).toMatchObject([{ kind: 'PRICE_JUMP', tierCode: 'silver', price: 9_900, comparedWith: 7_000 }])
})

test('a list price that was raised long before the instant is nothing to be warned of', async () => {
  const shop = await openShop()
  await products(shop, { A: 12_000 })
  await draftOffer(shop, 'sale', 5)
  expect(kinds(await warnings(shop, 'sale'))).toEqual(['INFLATED_LIST'])
  expect(await schedule(shop, new Date(Date.now() + 60 * 86_400_000).toISOString(), 'sale')).toEqual([])
})

test('the last instant that there is can be looked at as well', async () => {
  const shop = await openShop()
  await draftOffer(shop, 'sale', 5, { schedule: { daysOfMonth: [8] } })
  await expect(schedule(shop, '9999-12-31T23:59:59.999Z', 'sale')).resolves.toBeInstanceOf(Array)
})
