import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byBytes, foldCode, foldTag } from './text.ts'

test('texts compare as their bytes in UTF-8 do', () => {
  const letters = fc.string({
    unit: fc.constantFrom('a', 'b', 'A', '\u00e9', '\ud7ff', '\ue000', '\uff21', '\u{10000}', '\u{1f600}', '\u{1f601}'),
  })
  fc.assert(
    fc.property(letters, letters, (a, b) => {
      expect(Math.sign(byBytes(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
    }),
    { numRuns: 2_000 },
  )
})

test('codes compare without regard to the case of A to Z, and of nothing else', () => {
  expect(foldCode('SPRING-20\u00c9z')).toBe('spring-20\u00c9z')
  expect(foldCode('AbCZ@[`{')).toBe('abcz@[`{')
})

test('product tags compare without regard to case', () => {
  expect(foldTag('\u00c9T\u00c9')).toBe(foldTag('\u00e9t\u00e9'))
})
