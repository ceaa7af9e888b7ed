/**
 * Medusa counts in major units with as many decimals as somebody wrote; Regulars in whole minor units. Between the two
 * only digits are moved: no float decides an amount.
 */

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

/** How many decimals the currency has by ISO 4217: 2 for cny, 0 for jpy. */
export function digitsOf(currencyCode: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: currencyCode })
  return format.resolvedOptions().maximumFractionDigits ?? 2
}

/** What Medusa hands out as an amount: a number, a decimal, or its own big number with the decimal inside. */
export type Amount =
  | number
  | string
  | { readonly value: string | number }
  | { readonly numeric: number; readonly raw?: { readonly value: string | number } }

function decimalOf(amount: Amount): string {
  if (typeof amount === 'string') return amount
  if (typeof amount === 'number') return plain(amount)
  if ('value' in amount) return typeof amount.value === 'number' ? plain(amount.value) : amount.value
  return amount.raw === undefined ? plain(amount.numeric) : decimalOf(amount.raw)
}

/** Without an exponent: 1e-7 is 0.0000001. */
function plain(amount: number): string {
  const short = String(amount)
  return short.includes('e') ? amount.toFixed(20).replace(/\.?0+$/, '') : short
}

/** Null when the amount is no whole number of minor units, below nothing, or too large to be counted exactly. */
export function toMinor(amount: Amount, currencyCode: string): number | null {
  const [, sign, whole, part = ''] = DECIMAL.exec(decimalOf(amount)) ?? []
  if (whole === undefined || sign === '-') return null
  const digits = digitsOf(currencyCode)
  const decimals = part.replace(/0+$/, '')
  if (decimals.length > digits) return null
  const minor = BigInt(whole + decimals.padEnd(digits, '0'))
  return minor <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(minor) : null
}

/** As toMinor, to the nearest minor unit, halves up: what Medusa's own promotions and taxes leave need not be whole. */
export function toNearestMinor(amount: Amount, currencyCode: string): number {
  const [, sign, whole = '0', part = ''] = DECIMAL.exec(decimalOf(amount)) ?? []
  if (sign === '-') return 0
  const digits = digitsOf(currencyCode)
  const kept = BigInt(whole + part.slice(0, digits).padEnd(digits, '0'))
  return Number(kept) + ((part[digits] ?? '0') >= '5' ? 1 : 0)
}

/** 1990 of cny is "19.90". */
export function toDecimal(minor: number, currencyCode: string): string {
  const digits = digitsOf(currencyCode)
  if (digits === 0) return String(minor)
  const padded = String(minor).padStart(digits + 1, '0')
  return `${padded.slice(0, -digits)}.${padded.slice(-digits)}`
}

/** 1990 of cny is 19.9: as Medusa's API shows amounts. */
export const toMajor = (minor: number, currencyCode: string): number => Number(toDecimal(minor, currencyCode))
