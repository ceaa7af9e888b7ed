type Style = 'price' | 'sentence'

/**
 * An amount in minor units, as the currency has them: 3090 is ¥30.90 of CNY, ¥3,090 of JPY, KWD 3.090. A price keeps its zeros, a sentence
 * does not ("¥30 off"). It is written from its digits: nothing is divided.
 */
export function money(minor: number, currency: string, locale: string, style: Style = 'price'): string {
  const format = formatOf(currency, locale, style)
  const digits = format.resolvedOptions().maximumFractionDigits ?? 0
  const figures = String(minor).padStart(digits + 1, '0')
  const point = figures.length - digits
  return format.format(`${figures.slice(0, point)}.${figures.slice(point)}` as `${number}`)
}

/** What a tier asks for comes in major units. */
export const majorMoney = (major: number, currency: string, locale: string): string => formatOf(currency, locale, 'sentence').format(major)

const formats = new Map<string, Intl.NumberFormat>()

function formatOf(currency: string, locale: string, style: Style): Intl.NumberFormat {
  const name = `${locale} ${currency} ${style}`
  let format = formats.get(name)
  if (!format) {
    const zeros = style === 'price' ? 'auto' : 'stripIfInteger'
    format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', trailingZeroDisplay: zeros })
    formats.set(name, format)
  }
  return format
}
