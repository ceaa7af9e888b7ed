import { expect, test } from 'vitest'
import { money } from '../src/money.ts'

test('an amount has as many digits as its currency, in either language', () => {
  expect(money(3_090, 'CNY', 'en')).toBe('¥30.90')
  expect(money(3_090, 'CNY', 'zh-CN')).toBe('¥30.90')
  expect(money(3_090, 'JPY', 'en')).toBe('¥3,090')
  expect(money(3_090, 'KWD', 'en').replace(/\s/, ' ')).toBe('KWD 3.090')
  expect(money(5, 'EUR', 'en')).toBe('€0.05')
  expect(money(0, 'USD', 'en')).toBe('$0.00')
})

test('a sentence leaves zeros away that a price keeps', () => {
  expect(money(3_000, 'CNY', 'en', 'sentence')).toBe('¥30')
  expect(money(3_050, 'CNY', 'en', 'sentence')).toBe('¥30.50')
  expect(money(3_000, 'CNY', 'en')).toBe('¥30.00')
})

test('the largest amount is right to its last digit', () => {
  expect(money(Number.MAX_SAFE_INTEGER, 'CNY', 'en')).toBe('¥90,071,992,547,409.91')
  expect(money(Number.MAX_SAFE_INTEGER, 'KWD', 'en').replace(/\s/, ' ')).toBe('KWD 9,007,199,254,740.991')
})
