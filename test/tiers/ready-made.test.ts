import { expect, test } from 'vitest'
import { customers, orders } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { ago, evaluate, programme, tierOf } from './programme.ts'

const READY = `query ($language: ReadyMadeLanguage) { readyMadeProgrammes(language: $language) { code name description
  thresholds { code name value } tiers { code name rank qualification retention graceDays } } }`
const ADOPT = `mutation ($code: String!, $language: ReadyMadeLanguage, $thresholds: [ProgrammeThresholdInput!]) {
  adoptProgramme(code: $code, language: $language, thresholds: $thresholds) { code name rank qualification } }`

/** Thirty buyers who spent 100, 200 … 3,000 yuan in one order each of this year. */
async function busyShop(): Promise<TestShop> {
  const shop = await openTestShop()
  const people = Array.from({ length: 30 }, (_, i) => `p${i + 1}`)
  await customers(shop, Object.fromEntries(people.map((name) => [name, null])))
  await orders(shop, ...people.map((who, i) => [who, 'A', (i + 1) * 10_000, 1, ago(5)] as const))
  return shop
}

test("the classic four fit the shop's own buyers, can be tried before and are adopted in its language", async () => {
  const shop = await busyShop()
  const classic = (await shop.admin(READY, { language: 'ZH' })).readyMadeProgrammes[1]
  // Half of them spent less than 1,550, four fifths less than 2,420, nineteen of twenty less than 2,855; rounded up.
  expect(classic.thresholds.map(({ code, value }: { code: string; value: number }) => [code, value])).toEqual([
    ['silver', 1_600],
    ['gold', 2_500],
    ['platinum', 2_900],
  ])
  const sizes = (
    await shop.admin('query ($programme: [TierInput!]) { previewEvaluation(programme: $programme) { sizes { tier { code } after } } }', {
      programme: classic.tiers,
    })
  ).previewEvaluation.sizes
  expect(sizes).toEqual([
    { tier: null, after: 0 },
    { tier: { code: 'bronze' }, after: 15 },
    { tier: { code: 'silver' }, after: 9 },
    { tier: { code: 'gold' }, after: 4 },
    { tier: { code: 'platinum' }, after: 2 },
  ])
  const { adoptProgramme } = await shop.admin(ADOPT, { code: 'yearly-spend', language: 'ZH' })
  expect(adoptProgramme.map(({ name }: { name: string }) => name)).toEqual(['铜卡', '银卡', '金卡', '白金卡'])
  expect(await evaluate(shop)).toEqual([30, 0, 0])
  expect([await tierOf(shop, 'p1'), await tierOf(shop, 'p30')]).toEqual(['bronze', 'platinum'])
})

test('the four levels of importance tell buying power from loyalty, with thresholds of the shop or of staff', async () => {
  const shop = await openTestShop()
  await customers(shop, { key: null, loyal: null, large: null, small: null, nobody: null })
  for (let i = 0; i < 4; i++) await orders(shop, ['key', 'A', 150_000, 1, ago(300 - i)])
  for (let i = 0; i < 6; i++) await orders(shop, ['loyal', 'A', 60_000, 1, ago(100 - i)])
  await orders(shop, ['large', 'A', 200_000, 1, ago(10)], ['small', 'A', 5_000, 1, ago(10)])
  const thresholds = [
    { code: 'key-total', value: 5_000 },
    { code: 'important-total', value: 3_000 },
  ]
  await shop.admin(ADOPT, { code: 'importance', thresholds })
  await evaluate(shop)
  expect(await Promise.all(['key', 'loyal', 'large', 'small', 'nobody'].map((who) => tierOf(shop, who)))).toEqual([
    'key',
    'important',
    'potential',
    'ordinary',
    null,
  ])
})

test('a programme is adopted whole or not at all', async () => {
  const shop = await openTestShop()
  await programme(shop, ['mine', null, { rank: 4 }])
  const refused = async (variables: object) =>
    (await shop.ask('/admin/graphql', bearer(shop.keys.owner), ADOPT, variables)).errors[0]?.extensions.code
  expect(await refused({ code: 'yearly-spend' })).toBe('CONFLICT')
  expect(await refused({ code: 'other' })).toBe('NOT_FOUND')
  expect(await refused({ code: 'importance', thresholds: [{ code: 'orders', value: 1 }] })).toBe('BAD_USER_INPUT')
  expect((await shop.admin('{ tiers { code } }')).tiers).toEqual([{ code: 'mine' }])
})
