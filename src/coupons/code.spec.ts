import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeCodes } from './code.rules.ts'
import { CODE_LETTERS, canBeCoupon } from './coupon.model.ts'

test('a code is twelve letters that nobody takes for another', () => {
  const codes = makeCodes(500, randomBytes)
  expect(codes).toHaveLength(500)
  expect(new Set(codes).size).toBe(500)
  for (const code of codes) expect(code).toMatch(/^[2-9B-DF-HJ-NP-TV-Z]{12}$/)
})

test('every letter is as likely as every other: bytes that would favour the first ones are thrown away', () => {
  // Each byte once comes to each letter exactly eight times: 8 x 29 of 256.
  let next = 0
  const everyByte = (count: number) => Uint8Array.from({ length: count }, () => next++ % 256)
  const letters = makeCodes(29 * 8, everyByte).join('')
  const counts = new Map<string, number>()
  for (const letter of letters) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  expect([...counts.keys()].sort().join('')).toBe(CODE_LETTERS)
  expect(new Set(counts.values())).toEqual(new Set([(29 * 8 * 12) / 29]))
})

test.each([
  ['23456789BCDF', true],
  ['23456789bcdf', true],
  ['23456789BCD', false],
  ['23456789BCDF ', false],
  ['23456789BCDO', false],
  ['SUMMER-SALES', false],
])('%s could be one: %s', (code, answer) => {
  expect(canBeCoupon(code)).toBe(answer)
})
