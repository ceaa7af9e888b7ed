import type { DecimalMark } from './mapping.model.ts'

/** A decimal number exactly: `digits` / 10^`scale`. */
export type Decimal = { readonly digits: bigint; readonly scale: number }

const PLAIN = /^[+-]?\d{1,30}(\.\d{1,20})?$/
const CURRENCY_SIGNS = /^[¥￥$£€₩₹]\s*|\s*(元|[¥￥$£€₩₹])$/gu

/** Reads `1234.5`, `1,234.50`, `¥ 1,234.50`, `(-)`; with the other mark `1.234,50`. Null for anything else: nothing is guessed. */
export function readDecimal(text: string, mark: DecimalMark = '.'): Decimal | null {
  const plain = PLAIN.test(text) ? text : withoutMarks(text, mark)
  if (plain === null) return null
  const point = plain.indexOf('.')
  if (point === -1) return { digits: BigInt(plain), scale: 0 }
  return { digits: BigInt(plain.slice(0, point) + plain.slice(point + 1)), scale: plain.length - point - 1 }
}

function withoutMarks(text: string, mark: DecimalMark): string | null {
  const bare = text.replace(CURRENCY_SIGNS, '').trim()
  const [whole = '', fraction, ...rest] = bare.split(mark)
  if (rest.length > 0) return null
  const group = mark === '.' ? /^[+-]?\d{1,3}([,\u00a0\u202f ']\d{3})+$/ : /^[+-]?\d{1,3}([.\u00a0\u202f ']\d{3})+$/
  const digits = group.test(whole) ? whole.replace(/[^\d+-]/g, '') : whole
  const plain = fraction === undefined ? digits : `${digits}.${fraction}`
  return PLAIN.test(plain) ? plain : null
}

/** A decimal's sign: -1, 0 or 1. */
export const signOf = ({ digits }: Decimal): number => (digits === 0n ? 0 : digits < 0n ? -1 : 1)

export function compare(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale)
  const [x, y] = [scaled(a, scale), scaled(b, scale)]
  return x === y ? 0 : x < y ? -1 : 1
}

/** `a - b`. */
export function minus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { digits: scaled(a, scale) - scaled(b, scale), scale }
}

export const times = (a: Decimal, count: bigint): Decimal => ({ digits: a.digits * count, scale: a.scale })

const scaled = ({ digits, scale }: Decimal, to: number) => digits * 10n ** BigInt(to - scale)

/** In whole minor units of a currency with so many digits, rounded half up. For amounts that are not negative. */
export const toMinor = (amount: Decimal, digits: number): bigint =>
  dividedHalfUp(amount.digits * 10n ** BigInt(digits), 10n ** BigInt(amount.scale))

/** Half up: the nearest whole, and of two the larger. */
export const dividedHalfUp = (amount: bigint, by: bigint): bigint => (amount * 2n + by) / (by * 2n)

/** A whole number, also when it is written 6.0; null for another. */
export function readWhole(text: string, mark: DecimalMark = '.'): bigint | null {
  const decimal = readDecimal(text, mark)
  if (decimal === null) return null
  const unit = 10n ** BigInt(decimal.scale)
  return decimal.digits % unit === 0n ? decimal.digits / unit : null
}
