import { expect, test } from 'vitest'
import { customers, orders, products } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop } from '../harness/shop.ts'
import { externalIds, saveSegment } from './saving.ts'

const LIST = 'query ($language: ReadyMadeLanguage) { readyMadeSegments(language: $language) { code name purpose query segment { name } } }'
const ADOPT =
  'mutation ($codes: [String!]!, $language: ReadyMadeLanguage) { adoptReadyMade(codes: $codes, language: $language) { code name customerCount } }'

test('every ready-made segment can be adopted, in English and in Chinese', async () => {
  for (const language of ['EN', 'ZH']) {
    const shop = await openTestShop()
    const { readyMadeSegments } = await shop.admin(LIST, { language })
    const codes = readyMadeSegments.map(({ code }: { code: string }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    const { adoptReadyMade } = await shop.admin(ADOPT, { codes, language })
    expect(adoptReadyMade.map(({ name }: { name: string }) => name)).toEqual(readyMadeSegments.map(({ name }: { name: string }) => name))
    for (const { name, purpose } of readyMadeSegments)
      expect(/\p{Script=Han}/u.test(name) && /\p{Script=Han}/u.test(purpose)).toBe(language === 'ZH')
  }
})

test('the first of them holds who bought again once and has been silent since', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 100 })
  await customers(shop, { once: null, again: null, lately: null, often: null })
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString()
  const at = (who: string, ...days: readonly number[]) =>
    days.map((ago): [string, string, number, number, string] => [who, 'A', 100, 1, day(ago)])
  await orders(shop, ...at('once', 100), ...at('again', 150, 100), ...at('lately', 150, 10), ...at('often', 200, 150, 100))
  const { readyMadeSegments } = await shop.admin(LIST)
  expect(await externalIds(shop, readyMadeSegments[0].query)).toEqual(['again'])
})

test('what the shop has under a code already stays as it is', async () => {
  const shop = await openTestShop()
  await saveSegment(shop, 'regulars', 'number_of_orders > 9', 'Ours')
  expect((await shop.admin(ADOPT, { codes: ['regulars', 'engineers'] })).adoptReadyMade).toMatchObject([
    { name: 'Ours' },
    { name: 'Engineers' },
  ])
  const { readyMadeSegments } = await shop.admin(LIST)
  const own = readyMadeSegments.filter(({ segment }: { segment: object | null }) => segment !== null)
  expect(own.map(({ code, segment }: { code: string; segment: { name: string } }) => [code, segment.name])).toEqual([
    ['regulars', 'Ours'],
    ['engineers', 'Engineers'],
  ])
})

test('one unknown code, and none is adopted', async () => {
  const shop = await openTestShop()
  const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), ADOPT, { codes: ['regulars', 'none'] })
  expect(errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', inputPath: ['codes', 1] })
  expect((await shop.admin('{ segments { totalCount } }')).segments.totalCount).toBe(0)
})
