import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emailName, phoneName } from './identity.rules.ts'

test('an email address is the same in any case and with blanks around it', () => {
  expect(emailName(' Mei@Example.COM ')).toBe('mei@example.com')
})

test.each([
  '',
  'mei',
  'mei@',
  '@example.com',
  'mei@example',
  'm***@163.com',
  'mei@example..com',
  'a@b@example.com',
  `${'x'.repeat(250)}@ex.cn`,
])('no email address names anybody: %s', (text) => {
  expect(emailName(text)).toBeNull()
})

test.each([
  '13800000000',
  '138 0000 0000',
  '138-0000-0000',
  '+8613800000000',
  '+86 138 0000 0000',
  '+86-138-0000-0000',
  '0086-138-0000-0000',
  '008613800000000',
  '86 13800000000',
  '013800000000',
  '１３８００００００００',
  '138–0000–0000',
])('a Chinese mobile is one name however it is written: %s', (text) => {
  expect(phoneName(text)).toBe('13800000000')
})

test.each([
  ['010-12345678', '01012345678'],
  ['+86 10 1234 5678', '01012345678'],
  ['0755-12345678', '075512345678'],
  ['+1 (415) 555-0100', '+14155550100'],
  ['0044 20 7946 0958', '+442079460958'],
  ['+852-9123-4567', '+85291234567'],
  ['+55-11-91234-5678', '+5511912345678'],
  ['4155550100', '4155550100'],
])('another number keeps what tells it apart: %s', (text, name) => {
  expect(phoneName(text)).toBe(name)
})

test.each(['138****0000', '138＊＊＊＊0000', '138xxxx0000', '138••••0000', '138 **** 0000'])('a masked phone names nobody: %s', (text) => {
  expect(phoneName(text)).toBeNull()
})

test.each([
  '13800000000-1234',
  '13800000000 1234',
  '13800000000转1234',
  '13800000000轉1234',
  '13800000000,1234',
  '13800000000#1234',
  '13800000000_1234',
  '13800000000 ext. 1234',
  '13800000000[1234]',
  '138000000001234',
  '+86 13800000000-1234',
  '0086-13800000000-1234',
  '8613800000000-1234',
  '010-12345678-801',
  '+1-415-555-0100-1234',
])('a relay number or an extension names nobody: %s', (text) => {
  expect(phoneName(text)).toBeNull()
})

test.each(['', '+', '123', '00000000000', 'call me', '1'.repeat(16)])('what is no number names nobody: %s', (text) => {
  expect(phoneName(text)).toBeNull()
})

const mobile = fc
  .tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 0, max: 999_999_999 }))
  .map(([second, rest]) => `1${second}${String(rest).padStart(9, '0')}`)
const prefix = fc.constantFrom('', '+86', '+86 ', '0086', '0086-', '86', '0')
const spaced = (digits: string, blanks: readonly string[]) => [...digits].map((digit, i) => digit + (blanks[i] ?? '')).join('')

test('whatever stands before and between its digits, a Chinese mobile is its 11 digits', () => {
  fc.assert(
    fc.property(mobile, prefix, fc.array(fc.constantFrom('', '', ' ', '.'), { maxLength: 10 }), (digits, before, blanks) => {
      expect(phoneName(before + spaced(digits, blanks))).toBe(digits)
    }),
  )
})

test('a Chinese mobile with more digits behind it is never anybody', () => {
  fc.assert(
    fc.property(
      mobile,
      prefix,
      fc.constantFrom('', '-', ' ', '转', 'x', ',', '#', '_'),
      fc.stringMatching(/^[0-9]{1,6}$/),
      (digits, before, mark, tail) => {
        expect(phoneName(`${before}${digits}${mark}${tail}`)).toBeNull()
      },
    ),
  )
})
