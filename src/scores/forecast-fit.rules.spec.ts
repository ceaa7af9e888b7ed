import { expect, test } from 'vitest'
import { instant } from '../kernel/clock.ts'
import type { Bought, Habit, Worth } from './forecast.model.ts'
import { fitForecast, fitHabit, fitWorth, habitLikelihood, worthLikelihood } from './forecast-fit.rules.ts'
import { leastOf } from './minimum.rules.ts'

const NOW = instant(0)
const HABIT: Habit = { r: 0.8, alpha: 40, a: 0.9, b: 2.5 }
const WORTH: Worth = { p: 4, q: 4, gamma: 3_000 }

/** Customers as the models have them, drawn from a seed. */
function draw(n: number): Bought[] {
  let state = 20_260_601
  const random = () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
  // Marsaglia and Tsang (2000), ACM Transactions on Mathematical Software 26/3.
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * random() ** (1 / shape)
    for (const d = shape - 1 / 3; ; ) {
      const x = normal()
      const v = (1 + x / Math.sqrt(9 * d)) ** 3
      if (v > 0 && Math.log(random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
    }
  }
  return Array.from({ length: n }, () => {
    const [rate, x, y] = [gamma(HABIT.r) / HABIT.alpha, gamma(HABIT.a), gamma(HABIT.b)]
    const leaves = x / (x + y)
    const age = Math.floor(50 + 900 * random())
    let [orders, last] = [1, 0]
    while (random() > leaves) {
      const next = last - Math.log(random()) / rate
      if (next > age) break
      orders += 1
      last = next
    }
    const scale = gamma(WORTH.q) / WORTH.gamma
    return { orders, amount: Math.round(gamma(WORTH.p * orders) / scale), lastDay: Math.floor(last), age }
  })
}

test('the figures that customers were drawn by are found again', () => {
  const sample = draw(4_000)
  const [habit, worth] = [fitHabit(sample), fitWorth(sample)]
  const away = (found: object, drawn: Readonly<Record<string, number>>) =>
    Object.entries(found).map(([name, value]) => Math.abs(Math.log(value / (drawn[name] ?? 0))))
  for (const off of [...away(habit, HABIT), ...away(worth, WORTH)]) expect(off).toBeLessThan(0.25)
  // And nothing near is likelier.
  expect(habitLikelihood(sample, habit)).toBeGreaterThanOrEqual(habitLikelihood(sample, HABIT))
  expect(worthLikelihood(sample, worth)).toBeGreaterThanOrEqual(worthLikelihood(sample, WORTH))
})

test('the likelihood of one customer is what the paper says', () => {
  const { r, alpha, a, b } = { r: 2, alpha: 3, a: 2, b: 4 }
  // Whole parameters, so that every gamma function is a factorial: x = 1, t_x = 2, T = 5.
  const gammas = 2 / 1
  const beta = (i: number, j: number) => (factorial(i - 1) * factorial(j - 1)) / factorial(i + j - 1)
  const stays = (beta(a, b + 2) / beta(a, b)) * (alpha + 5) ** -(r + 1)
  const left = (beta(a + 1, b + 1) / beta(a, b)) * (alpha + 2) ** -(r + 1)
  const one = gammas * alpha ** r * (stays + left)
  expect(habitLikelihood([{ orders: 2, lastDay: 2, age: 5 }], { r, alpha, a, b })).toBeCloseTo(Math.log(one), 10)
})
const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))

test('where fewer than a hundred came back nothing is foreseen', () => {
  const back = { orders: 2, amount: 500, lastDay: 30, age: 90 }
  const once = { orders: 1, amount: 500, lastDay: 0, age: 90 }
  const shop = (n: number) => [...Array.from({ length: n }, () => back), ...Array.from({ length: 300 }, () => once)]
  expect(fitForecast(shop(99), NOW)).toBeNull()
  // All alike: as far as a fit goes, and still numbers.
  expect(Object.values(fitForecast(shop(100), NOW) ?? {}).every(Number.isFinite)).toBe(true)
  expect(fitForecast(shop(100), NOW)).not.toBeNull()
})

test('the least of a banana-shaped valley is found (Rosenbrock 1960)', () => {
  const [x = 0, y = 0] = leastOf(([u = 0, v = 0]) => 100 * (v - u * u) ** 2 + (1 - u) ** 2, [-1.2, 1])
  expect(x).toBeCloseTo(1, 3)
  expect(y).toBeCloseTo(1, 3)
})
