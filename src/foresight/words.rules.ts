import { currencyDigits } from '../kernel/currency.ts'

/** An amount for people: `CNY 86.00`. */
export function inMoney(amount: number, currency: string): string {
  const digits = currencyDigits(currency)
  const [whole = '0', rest] = (Math.abs(amount) / 10 ** digits).toFixed(digits).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${currency} ${amount < 0 ? '-' : ''}${grouped}${rest === undefined ? '' : `.${rest}`}`
}

/** Basis points for people: `12.5 %`. */
export const inPercent = (bp: number): string => `${Math.round(bp) / 100} %`

export const inNumber = (count: number): string => count.toLocaleString('en')

export const onDay = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1] ?? ''}`
