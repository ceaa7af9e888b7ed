/** Currency codes of ISO 4217 as this runtime's Unicode data knows them. */
const KNOWN = new Set(Intl.supportedValuesOf('currency'))

export const isCurrency = (code: string): boolean => KNOWN.has(code)

/** How many digits the minor unit has: CNY 2, JPY 0, KWD 3. */
export const currencyDigits = (code: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits ?? 2
