import { randomBytes } from 'node:crypto'
import request from 'supertest'
import { beforeEach, expect, test } from 'vitest'
import { LIMITS } from '../../src/api/shared/limits.ts'
import { products } from '../harness/acts.ts'
import { held, letExpire } from '../harness/checkout.ts'
import { createLink, link, open, revokeLink } from '../harness/links.ts'
import { anotherNode, closeAfterwards } from '../harness/node.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'

// Each test has a server with a memory of its own: wrong tokens of one test are not another's.

let shop: TestShop
beforeEach(async () => {
  shop = (await openTestShop()).at(closeAfterwards(await anotherNode()))
  await products(shop, { A: 10_000 })
})

const PAST = '2020-01-01T00:00:00Z'
const unknown = () => `${shop.code}.${randomBytes(32).toString('base64url')}`
const lead = (settings: object) =>
  shop.admin('mutation ($input: ShopInput!) { updateShop(input: $input) { privateLinkUrl privateLinkPage } }', { input: settings })

test('an open is counted and sent on to the storefront, and neither caches nor tells where it came from', async () => {
  await lead({ privateLinkUrl: 'https://shop.example/gift/{token}' })
  const { token, url, link: made } = await createLink(shop)
  expect(url).toBe(`https://shop.example/gift/${token}`)
  for (let i = 1; i <= 3; i++) {
    const answer = await open(shop, token)
    expect([answer.status, answer.headers.location]).toEqual([302, url])
    expect(answer.headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
    expect((await link(shop, made.id)).opens).toBe(i)
  }
})

test('HEAD is answered alike and counts nothing', async () => {
  const { token, link: made } = await createLink(shop)
  const [got, looked] = [await open(shop, token), await open(shop, token, 'head')]
  expect([looked.status, looked.headers.location]).toEqual([got.status, got.headers.location])
  const closed = [await open(shop, unknown()), await open(shop, unknown(), 'head')] as const
  expect(closed.map(({ status }) => status)).toEqual([404, 404])
  const without = ({ 'x-request-id': _, date: __, ...headers }: Record<string, string>) => headers
  expect(without(closed[1].headers)).toEqual(without(closed[0].headers))
  expect(closed[1].text ?? '').toBe('')
  expect((await link(shop, made.id)).opens).toBe(1)
})

test('where a link leads: the page that the shop names, else its template, else its own host', async () => {
  const { token } = await createLink(shop)
  const leads = async () => (await open(shop, token)).headers.location
  expect(await leads()).toBe(`/?privateLink=${token}`)
  await lead({ privateLinkUrl: 'https://links.shop.example/l/{token}' })
  expect(await leads()).toBe(`/?privateLink=${token}`)
  await lead({ privateLinkPage: 'https://店铺.example/私密#{token}' })
  expect(await leads()).toBe(`https://xn--hxtq42j.example/%E7%A7%81%E5%AF%86#${token}`)
  await lead({ privateLinkPage: 'https://shop.example/l/{token}' })
  expect(await leads()).toBe(`https://shop.example/l/${token}`)
  expect((await createLink(shop)).url).toMatch(/^https:\/\/links\.shop\.example\/l\/[\w.-]+$/)
})

test('a page is refused that is no address with the token in it, or leads in a circle', async () => {
  await lead({ privateLinkUrl: 'https://shop.example/l/{token}' })
  for (const privateLinkPage of ['https://shop.example/', 'ftp://shop.example/{token}', 'https://shop.example/l/{token}'])
    await expect(lead({ privateLinkPage })).rejects.toThrow('privateLinkPage must be')
})

test('every token that opens nothing has one and the same page, and none is counted', async () => {
  const [revoked, usedUp, ...others] = [
    await createLink(shop),
    await createLink(shop),
    await createLink(shop, { validUntil: PAST }),
    await createLink(shop, { validFrom: '2199-01-01T00:00:00Z' }),
  ]
  await revokeLink(shop, revoked.link.id)
  const { id } = await held(shop, { cart: { A: 1 }, token: usedUp.token })
  const made = [revoked, usedUp, ...others]
  const tokens = [
    ...made.map(({ token }) => token),
    unknown(),
    unknown().replace(shop.code, 'no-such-shop'),
    revoked.token.replace(shop.code, 'main'),
    '',
    'x',
    `${'y'.repeat(3_000)}`,
    '%00',
    '..%2F..',
    `${unknown()}/more`,
  ]
  const answers = []
  for (const token of tokens) answers.push(await open(shop, token))
  const seen = answers.map(({ status, text, headers: { 'x-request-id': _, date: __, ...headers } }) =>
    JSON.stringify({ status, text, headers }),
  )
  expect(new Set(seen).size).toBe(1)
  expect(answers[0]?.status).toBe(404)
  expect(answers[0]?.text).toContain('这个链接无法打开')
  expect(answers[0]?.text).not.toContain(shop.code)
  for (const { link: closed } of made) expect((await link(shop, closed.id)).opens).toBe(0)
  await letExpire(shop, id)
  expect((await open(shop, usedUp.token)).status).toBe(302)
})

test('who tries token after token is told to wait, whatever they try; a link that opens is no guess', async () => {
  const { token } = await createLink(shop, { maxUses: null })
  for (let i = 0; i < LIMITS.wrongLinks.count + 10; i++) expect((await open(shop, token)).status).toBe(302)
  for (let i = 0; i < LIMITS.wrongLinks.count; i++) expect((await open(shop, unknown())).status).toBe(404)
  for (const tried of [unknown(), token]) {
    const answer = await open(shop, tried)
    expect(answer.status).toBe(429)
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(LIMITS.wrongLinks.seconds)
    expect(answer.headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
  }
})

test('of a thousand tried at once no more are looked up than of a thousand in a row', async () => {
  const answers = await Promise.all(Array.from({ length: 200 }, () => open(shop, unknown())))
  expect(answers.filter(({ status }) => status === 404).length).toBeLessThanOrEqual(LIMITS.wrongLinks.count)
})

test('other methods have no meaning at a link', async () => {
  const { token, link: made } = await createLink(shop)
  expect((await request(shop.app.fastify.server).post(`/l/${token}`)).status).toBe(404)
  expect((await link(shop, made.id)).opens).toBe(0)
})
