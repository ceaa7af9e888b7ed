/** An exact decimal: units / 10^digits. Money and averages are compared with these, never with floating point. */
export type Decimal = { readonly units: bigint; readonly digits: number }

/** Reads `-12.50`, and `1.5e-7` as JSON may write a figure. */
export function decimal(text: string): Decimal {
  const read = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text)
  if (!read) throw new RangeError(`not a decimal: ${text}`)
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = read
  const units = BigInt(`${sign}${whole}${fraction}`)
  const digits = fraction.length - Number(exponent)
  return digits >= 0 ? { units, digits } : { units: units * 10n ** BigInt(-digits), digits: 0 }
}

/** Below 0 if a is the smaller, 0 if they are equal, above 0 if a is the larger. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const left = a.units * 10n ** BigInt(b.digits)
  const right = b.units * 10n ** BigInt(a.digits)
  return left < right ? -1 : left > right ? 1 : 0
}

/** The decimal point moved to the right by so many places: major units become minor ones. */
export const shifted = ({ units, digits }: Decimal, places: number): Decimal =>
  places <= digits ? { units, digits: digits - places } : { units: units * 10n ** BigInt(places - digits), digits: 0 }

export function floor({ units, digits }: Decimal): bigint {
  const one = 10n ** BigInt(digits)
  const whole = units / one
  return units < 0n && whole * one !== units ? whole - 1n : whole
}

export const ceiling = (d: Decimal): bigint => -floor({ units: -d.units, digits: d.digits })

/** The shortest text of it, without an exponent. */
export function decimalText({ units, digits }: Decimal): string {
  const figures = (units < 0n ? -units : units).toString().padStart(digits + 1, '0')
  const whole = figures.slice(0, figures.length - digits)
  const fraction = figures.slice(figures.length - digits).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${whole}${digits > 0 && fraction !== '' ? `.${fraction}` : ''}`
}
