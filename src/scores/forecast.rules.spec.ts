import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Habit } from './forecast.model.ts'
import { aliveOf, ordersWhileAlive, typicalAmount } from './forecast.rules.ts'

/** Gauss's series, as the papers write it; it ends for all |z| < 1, after ever more terms. */
function hypergeometric(a: number, b: number, c: number, z: number): number {
  let [term, sum] = [1, 1]
  for (let n = 0; n < 200_000 && Math.abs(term) > 1e-13 * Math.abs(sum); n++) sum += term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z
  return sum
}

/** Wagner and Hoppe (2008): orders within t of who has not left. */
function asPublished({ orders, age }: { orders: number; age: number }, { r, alpha, a, b }: Habit, t: number): number {
  const x = orders - 1
  const falling = ((alpha + age) / (alpha + age + t)) ** (r + x)
  return ((a + b + x) / (a - 1)) * (1 - falling * hypergeometric(r + x, b + x + 1, a + b + x, t / (alpha + age + t)))
}

/** CDNOW, in weeks, as Fader, Hardie and Lee (2005) fitted the BG/NBD model to it. */
const BG_NBD = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
/** Of who came back the BG/NBD model says what MBG/NBD says with b one less: nobody can have left before the second order. */
const LIKE_BG_NBD = { ...BG_NBD, b: BG_NBD.b - 1 }

test('who ordered twice more until week 30 of 39 orders 1.226 times in the 39 weeks to come, as Fader, Hardie and Lee have it', () => {
  const buyer = { orders: 3, lastDay: 30.43, age: 38.86 }
  expect(aliveOf(buyer, LIKE_BG_NBD) * ordersWhileAlive(buyer, LIKE_BG_NBD, 39)).toBeCloseTo(1.226, 3)
})

test('the sum of even steps is the hypergeometric function of the paper', () => {
  const habits = fc.record({
    r: fc.double({ min: 0.1, max: 5, noNaN: true }),
    alpha: fc.double({ min: 5, max: 300, noNaN: true }),
    a: fc.double({ min: 0.1, max: 15, noNaN: true }).filter((a) => Math.abs(a - 1) > 0.01),
    b: fc.double({ min: 0.1, max: 30, noNaN: true }),
  })
  const buyers = fc.record({ orders: fc.integer({ min: 1, max: 60 }), age: fc.integer({ min: 0, max: 1_500 }) })
  fc.assert(
    fc.property(habits, buyers, (habit, buyer) => {
      const published = asPublished(buyer, habit, 365)
      expect(Math.abs(ordersWhileAlive(buyer, habit, 365) / published - 1)).toBeLessThan(1e-4)
    }),
    { numRuns: 300 },
  )
})

test('of a thousand orders, or where next to nobody leaves, it is a number all the same', () => {
  for (const habit of [LIKE_BG_NBD, { r: 9, alpha: 2, a: 0.0002, b: 8_000 }, { r: 0.0002, alpha: 8_000, a: 20, b: 0.0002 }])
    for (const buyer of [
      { orders: 1, lastDay: 0, age: 0 },
      { orders: 5_000, lastDay: 10, age: 4_000 },
    ]) {
      const [alive, orders] = [aliveOf(buyer, habit), ordersWhileAlive(buyer, habit, 365)]
      expect(alive).toBeGreaterThanOrEqual(0)
      expect(alive).toBeLessThanOrEqual(1)
      expect(orders).toBeGreaterThan(0)
      expect(orders).toBeLessThan(1e7)
    }
})

test('who ordered once long ago has likely left, and the sooner the longer they are silent', () => {
  const after = (age: number) => aliveOf({ orders: 1, lastDay: 0, age }, { r: 0.525, alpha: 6.183 * 7, a: 0.891, b: 1.614 })
  expect([after(0), after(30), after(365), after(3_650)].map((of) => Math.round(of * 100))).toEqual([64, 58, 36, 15])
})

test('an order of theirs comes to what Fader and Hardie (2013) have for CDNOW', () => {
  const cdnow = { p: 6.25, q: 3.74, gamma: 15.44 }
  expect(typicalAmount({ orders: 2, amount: 2 * 22.35 }, cdnow)).toBeCloseTo(24.65, 1)
  expect(typicalAmount({ orders: 1, amount: 11.77 }, cdnow)).toBeCloseTo(18.91, 1)
  // Of whom nothing is known: what the shop's customers spend on average.
  expect(typicalAmount({ orders: 0, amount: 0 }, cdnow)).toBeCloseTo(35.22, 1)
})
