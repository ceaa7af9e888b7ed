import { expect, test } from 'vitest'
import { random } from './random.rules.ts'

test('the same seed gives the same numbers, and another seed others', () => {
  const drawn = (seed: string) => Array.from({ length: 20 }, random(seed).fraction)
  expect(drawn('demo')).toEqual(drawn('demo'))
  expect(drawn('demo')).not.toEqual(drawn('demo.'))
})

test('fractions fill the range from 0 to 1 evenly', () => {
  const { fraction } = random('even')
  const drawn = Array.from({ length: 20_000 }, fraction)
  for (let tenth = 0; tenth < 10; tenth += 1)
    expect(Math.abs(drawn.filter((value) => Math.floor(value * 10) === tenth).length - 2_000)).toBeLessThan(200)
})

test('things are picked as often as their weights say', () => {
  const { weighted } = random('weights')
  const counts = { rare: 0, common: 0 }
  for (let i = 0; i < 10_000; i += 1) counts[weighted(['rare', 'common'] as const, (one) => (one === 'rare' ? 1 : 9))] += 1
  expect(counts.rare).toBeGreaterThan(850)
  expect(counts.rare).toBeLessThan(1_150)
})

test('half of log-normal numbers lie below the median', () => {
  const { logNormal } = random('median')
  const below = Array.from({ length: 10_000 }, () => logNormal(100, 0.8)).filter((value) => value < 100).length
  expect(Math.abs(below - 5_000)).toBeLessThan(250)
})

test('a sample holds nothing twice', () => {
  const sample = random('sample').sample(['a', 'b', 'c', 'd', 'e'], 4)
  expect(new Set(sample).size).toBe(4)
})
