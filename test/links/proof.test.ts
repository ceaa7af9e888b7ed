import { randomBytes, randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { writeToken } from '../../src/links/token.rules.ts'
import { products } from '../harness/acts.ts'
import { commit, held } from '../harness/checkout.ts'
import { bearer } from '../harness/client.ts'
import { createLink, revokeLink, VIEW } from '../harness/links.ts'
import { anotherNode, closeAfterwards } from '../harness/node.ts'
import { openTestShop } from '../harness/shop.ts'

// `npm run prove:links` makes a million tokens, and prints how long tokens take that open nothing, each kind beside the others.

const FULL = process.env.LINK_ROUNDS === 'full'
const [TOKENS, ROUNDS, OF_EACH] = FULL ? [1_000_000, 5_000, 100] : [20_000, 20, 5]
const KINDS = ['unknown', 'revoked', 'expired', 'used up', 'held'] as const
type Kind = (typeof KINDS)[number]

test(`of ${TOKENS.toLocaleString('en')} tokens no two are alike`, () => {
  const made = new Set<string>()
  for (let i = 0; i < TOKENS; i++) made.add(writeToken('main', randomBytes(32)))
  expect(made.size).toBe(TOKENS)
  if (FULL) console.log(`${TOKENS.toLocaleString('en')} tokens made, ${TOKENS - made.size} of them twice`)
})

test('a token that opens nothing has one answer, whatever became of it; how long that took is printed', async () => {
  const shop = (await openTestShop()).at(closeAfterwards(await anotherNode()))
  await products(shop, { A: 10_000 })
  const tokens = none<string>()
  for (let i = 0; i < OF_EACH; i++) {
    tokens.unknown.push(writeToken(shop.code, randomBytes(32)))
    const revoked = await createLink(shop)
    await revokeLink(shop, revoked.link.id)
    tokens.revoked.push(revoked.token)
    tokens.expired.push((await createLink(shop, { validUntil: '2020-01-01T00:00:00Z' })).token)
    const usedUp = await createLink(shop)
    await commit(shop, (await held(shop, { cart: { A: 1 }, token: usedUp.token })).id, `o${i}`)
    tokens['used up'].push(usedUp.token)
    const inUse = await createLink(shop)
    await held(shop, { cart: { A: 1 }, token: inUse.token, ttl: 86_400 })
    tokens.held.push(inUse.token)
    await createLink(shop)
  }
  let asked = 0
  const { fastify } = shop.app
  const doors: Record<string, (token: string) => Promise<string>> = {
    // As from many addresses: one alone would be told to wait.
    'GET /l/<token>': async (token) => {
      const remoteAddress = `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked++ & 255}`
      const { statusCode, body } = await fastify.inject({ method: 'GET', url: `/l/${token}`, remoteAddress })
      return `${statusCode} ${body}`
    },
    'privateLink(token)': async (token) => {
      const headers = bearer(shop.keys.plugin)
      return (await fastify.inject({ method: 'POST', url: '/storefront/graphql', headers, payload: { query: VIEW, variables: { token } } }))
        .body
    },
  }
  for (const [door, ask] of Object.entries(doors)) {
    const times = none<number>()
    const answers = new Set<string>()
    for (let i = -ROUNDS / 10; i < ROUNDS; i++)
      for (const kind of shuffled(KINDS)) {
        const token = tokens[kind][randomInt(OF_EACH)] ?? ''
        const startedAt = performance.now()
        const answer = await ask(token)
        // The first ones find nothing warm.
        if (i >= 0) times[kind].push((performance.now() - startedAt) * 1_000)
        answers.add(answer)
      }
    expect(answers.size).toBe(1)
    if (FULL) report(door, times)
  }
}, 1_200_000)

const none = <T>(): Record<Kind, T[]> => ({ unknown: [], revoked: [], expired: [], 'used up': [], held: [] })

function shuffled<T>(list: readonly T[]): T[] {
  const left = [...list]
  return list.map(() => left.splice(randomInt(left.length), 1)[0] as T)
}

const at = (sorted: readonly number[], share: number) => sorted[Math.floor(share * sorted.length)] ?? Number.NaN

/**
 * Medians, and of each kind beside the unknown: the share of its times below the median of both, 50 % where the two are
 * alike, with the z of the difference (two proportions; beyond 1.96 it would be by chance one time in twenty).
 */
function report(door: string, times: Record<Kind, number[]>): void {
  const lines = KINDS.map((kind) => {
    const own = times[kind].toSorted((a, b) => a - b)
    const middle = at(
      [...own, ...times.unknown].sort((a, b) => a - b),
      0.5,
    )
    const below = own.filter((time) => time < middle).length / own.length
    const ofUnknown = times.unknown.filter((time) => time < middle).length / times.unknown.length
    const z = (below - ofUnknown) / Math.sqrt((0.25 * 2) / own.length)
    const rest = kind === 'unknown' ? '' : `; ${(100 * below).toFixed(1)} % below the common median, z ${z.toFixed(2)}`
    return `  ${kind}: p10 ${at(own, 0.1).toFixed(0)}, median ${at(own, 0.5).toFixed(0)}, p90 ${at(own, 0.9).toFixed(0)} µs${rest}`
  })
  console.log([`${door}, ${times.unknown.length.toLocaleString('en')} of each kind, in turns:`, ...lines].join('\n'))
}
