import { expect, test } from 'vitest'
import { instant, isInstantText } from './clock.ts'
import { currencyDigits, isCurrency } from './currency.ts'
import { isUuid } from './id.ts'
import { problem, within } from './problem.ts'
import { isPlain, isProse, isWord } from './text.ts'

const HALF = '\ud83d'

test('an instant is whole milliseconds, of a date or a number', () => {
  expect(instant(new Date('2026-01-01T00:00:00.001Z'))).toBe(Date.UTC(2026, 0, 1) + 1)
  expect(instant(1.9)).toBe(1)
  expect(instant(-1.9)).toBe(-1)
  for (const none of [Number.NaN, Number.POSITIVE_INFINITY]) expect(() => instant(none)).toThrow(`not an instant: ${none}`)
})

test('the text of an instant is digits, up to the year 9999', () => {
  for (const text of ['0', '1767225600000', String(Date.UTC(10_000, 0) - 1)]) expect(isInstantText(text)).toBe(true)
  for (const text of ['', '-1', '1.5', ' 1', '1 ', String(Date.UTC(10_000, 0)), '1'.repeat(16)]) expect(isInstantText(text)).toBe(false)
})

test('currencies are those of ISO 4217, each with its digits', () => {
  expect(['CNY', 'JPY', 'KWD', 'GBP'].map((code) => [isCurrency(code), currencyDigits(code)])).toEqual([
    [true, 2],
    [true, 0],
    [true, 3],
    [true, 2],
  ])
  expect(['cny', 'RMB', ''].map(isCurrency)).toEqual([false, false, false])
})

test('a uuid is five groups of hex digits and nothing around them', () => {
  const uuid = '01a1fff3-17b7-734a-937a-3fa67620d454'
  for (const text of [uuid, uuid.toUpperCase()]) expect(isUuid(text)).toBe(true)
  for (const text of [`x${uuid}`, `${uuid}x`, uuid.slice(1), uuid.replaceAll('-', ''), uuid.replace('a', 'g'), ''])
    expect(isUuid(text)).toBe(false)
})

test('a problem says its code, its sentence, and only what else is known', () => {
  expect(problem('NOT_FOUND', 'Gone.')).toEqual({ code: 'NOT_FOUND', message: 'Gone.' })
  expect(problem('NOT_FOUND', 'Gone.', ['id'], { id: 1 })).toEqual({
    code: 'NOT_FOUND',
    message: 'Gone.',
    path: ['id'],
    details: { id: 1 },
  })
  expect(within(problem('NOT_FOUND', 'Gone.', ['id']), 'input', 0)).toEqual({
    code: 'NOT_FOUND',
    message: 'Gone.',
    path: ['input', 0, 'id'],
  })
  expect(within(problem('NOT_FOUND', 'Gone.'), 'input')).toEqual({ code: 'NOT_FOUND', message: 'Gone.', path: ['input'] })
})

test('plain text is one line of whole characters', () => {
  for (const text of ['', 'Mei 梅 👍', ' a ']) expect(isPlain(text)).toBe(true)
  for (const text of ['a\nb', 'a\tb', '\0', '\u007f', HALF]) expect(isPlain(text)).toBe(false)
})

test('prose may have lines, but no NUL and no half of a pair, and is not blank', () => {
  for (const text of ['a', 'two\nlines', '12345']) expect(isProse(text, 9)).toBe(true)
  expect(isProse('12345', 5)).toBe(true)
  for (const text of ['', ' \n ', 'a\0', HALF]) expect(isProse(text, 9)).toBe(false)
  expect(isProse('123456', 5)).toBe(false)
})

test('a word is plain, not blank and not too long', () => {
  expect(isWord('12345', 5)).toBe(true)
  for (const text of ['', ' ', 'a\nb', HALF, '123456']) expect(isWord(text, 5)).toBe(false)
})
