import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { basisPoints, minor } from '../kernel/money.ts'
import type { Prize } from '../pricing/rule.ts'
import { draw, drawAgain, pointIn, pointOf, prizeAt } from './surprise.rules.ts'

const prize = (name: string, odds: number, amount = 1): Prize => ({ name, odds: basisPoints(odds), gift: null, amount: minor(amount) })
const prizes = (...odds: readonly number[]) => odds.map((each, i) => prize(String(i), each))
/** The same seeds in every run, so that chance never fails a test. */
const seedOf = (i: number) => createHash('sha256').update(`seed ${i}`).digest()

test('a point is what anybody computes from seed and code', () => {
  const seed = Uint8Array.from({ length: 32 }, (_, i) => i)
  // printf %s lucky-order | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102...1f begins with d4f2bd2d8b686ffd.
  expect(pointOf(seed, 'lucky-order')).toBe(Number(0xd4f2bd2d8b686ffdn % 10_000n))
  expect(pointOf(seed, 'lucky-order')).toBe(6_605)
  expect(pointOf(seed, '抽奖')).toBe(7_281)
})

const FAIR = 0xffff_ffff_ffff_ffffn - 1_615n
const block = (...words: readonly bigint[]) => {
  const bytes = Buffer.alloc(32)
  for (const [i, word] of words.entries()) bytes.writeBigUInt64BE(word, i * 8)
  return bytes
}
test('numbers beyond the last whole ten thousand are passed over, so that each point is as likely', () => {
  expect(FAIR % 10_000n).toBe(0n)
  expect(pointIn(block(FAIR - 1n, 5n))).toBe(9_999)
  expect(pointIn(block(FAIR, 5n))).toBe(5)
  expect(pointIn(block(2n ** 64n - 1n, FAIR, FAIR, 12_345n))).toBe(2_345)
  expect(pointIn(block(FAIR, FAIR, FAIR, FAIR))).toBeNull()
})

test('prizes lie one after another, each as wide as its odds, and nothing behind them', () => {
  const at = (point: number) => prizeAt(prizes(1, 250, 2_000), point)?.name ?? null
  expect([0, 1, 250, 251, 2_250, 2_251, 9_999].map(at)).toEqual(['0', '1', '1', '2', '2', null, null])
  expect(prizeAt(prizes(10_000), 9_999)?.name).toBe('0')
})

test('over all points each prize has exactly its odds', () => {
  const sets = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 25 })
  fc.assert(
    fc.property(sets, (odds) => {
      const won = new Map<string | null, number>()
      for (let point = 0; point < 10_000; point++) {
        const name = prizeAt(prizes(...odds), point)?.name ?? null
        won.set(name, (won.get(name) ?? 0) + 1)
      }
      for (const [i, each] of odds.entries()) expect(won.get(String(i))).toBe(each)
      expect(won.get(null) ?? 0).toBe(10_000 - odds.reduce((sum, each) => sum + each, 0))
    }),
    { numRuns: 20 },
  )
})

test('a draw follows from seed, offer code and odds, and from nothing else', () => {
  const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 })
  const odds = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 10 })
  fc.assert(
    fc.property(seeds, fc.string({ minLength: 1 }), odds, fc.string(), (seed, offerCode, declared, other) => {
      const one = { offerCode, offerName: 'one', prizes: prizes(...declared) }
      const two = {
        offerCode,
        offerName: other,
        prizes: declared.map((each, i) => prize(`other ${i}`, each, i + 7)),
      }
      const alone = draw([one], seed)
      const among = draw([{ ...one, offerCode: `${offerCode}!` }, two], Uint8Array.from(seed))
      const place = (name: string | undefined) => name?.replace('other ', '')
      expect(place(among[1]?.prize?.name)).toBe(place(alone[0]?.prize?.name))
      for (const drawn of [...alone, ...among]) expect(drawAgain(drawn).verified).toBe(true)
    }),
  )
})

const DRAWS = 100_000
/** In how many of so many draws something of these odds comes up, but for one case in a million on either side: the exact binomial distribution. */
function boundsOf(odds: number, draws = DRAWS): [number, number] {
  const p = odds / 10_000
  const rare = 1e-6
  let logarithm = draws * Math.log1p(-p)
  let below = 0
  let least = -1
  for (let k = 0; k <= draws; k++) {
    if (k > 0) logarithm += Math.log((draws - k + 1) / k) + Math.log(p / (1 - p))
    below += Math.exp(logarithm)
    if (least === -1 && below > rare) least = k
    if (below >= 1 - rare) return [least, k]
  }
  return [least, draws]
}

test('in a hundred thousand draws each prize comes up as often as its odds say', () => {
  const odds = [1, 250, 2_000, 3_000]
  const declared = [{ offerCode: 'lucky', offerName: 'Lucky', prizes: prizes(...odds) }]
  const won = new Map<string, number>()
  const deciles = Array.from({ length: 10 }, () => 0)
  for (let i = 0; i < DRAWS; i++) {
    const [drawn] = draw(declared, seedOf(i))
    const name = drawn?.prize?.name ?? 'nothing'
    won.set(name, (won.get(name) ?? 0) + 1)
    const decile = Math.floor(pointOf(seedOf(i), 'lucky') / 1_000)
    deciles[decile] = (deciles[decile] ?? 0) + 1
  }
  const expectWithin = (count: number | undefined, each: number) => {
    const [least, most] = boundsOf(each)
    expect(count).toBeGreaterThanOrEqual(least)
    expect(count).toBeLessThanOrEqual(most)
  }
  for (const [i, each] of odds.entries()) expectWithin(won.get(String(i)), each)
  expectWithin(won.get('nothing'), 10_000 - 5_251)
  for (const count of deciles) expectWithin(count, 1_000)
})

test('the draws of two offers of one order have nothing to do with each other', () => {
  const half = (offerCode: string) => ({ offerCode, offerName: offerCode, prizes: prizes(5_000) })
  const orders = 20_000
  let both = 0
  for (let i = 0; i < orders; i++) {
    const [a, b] = draw([half('a'), half('b')], seedOf(i))
    if (a?.prize && b?.prize) both++
  }
  const [least, most] = boundsOf(2_500, orders)
  expect(both).toBeGreaterThanOrEqual(least)
  expect(both).toBeLessThanOrEqual(most)
})
