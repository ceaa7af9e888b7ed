/** A file of the form of UCI Online Retail with its traps, made up: whoever has not got the real one compares with this. */
export function madeUp(): string {
  let seed = 20_111_210
  const below = (end: number) => {
    // Numerical Recipes' congruential generator: the same file each time.
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((seed / 2 ** 32) * end)
  }
  const rows = ['InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country']
  const row = (invoice: string, quantity: number, minute: number, price: string, customer: string | number) =>
    rows.push(`${invoice},${10_000 + below(40)},"A THING, OR TWO",${quantity},${wallClock(minute)},${price},${customer},United Kingdom`)
  let invoice = 500_000
  for (let customer = 12_001; customer <= 12_090; customer++) {
    const orders = 1 + below(customer % 3 === 0 ? 12 : 3)
    const usual = 1 + below(60)
    let minute = below(LAST - 1_440)
    for (let i = 0; i < orders && minute < LAST; i++, minute += (1 + below(2 * usual)) * 1_440 + below(600)) {
      invoice += 1
      for (let line = below(3); line >= 0; line--)
        row(String(invoice), 1 + below(9), minute + below(2), PRICES[below(PRICES.length)] ?? '', customer)
      if (below(9) === 0) rows.push(rows.at(-1) ?? '')
      if (below(9) === 0) row(`C${invoice}`, -1, minute, '2.55', customer)
      if (below(9) === 0) row(String(invoice), 1, minute, '0.0', customer)
    }
    if (below(4) === 0) row(String(++invoice), 3, minute % LAST, '4.21', '')
  }
  return `${rows.join('\n')}\n`
}

const PRICES = ['2.55', '0.425', '12.5', '1.005', '7.95', '110.0']
const LAST = 373 * 1_440

/** So many minutes after midnight of 1 December 2010, by a clock that never changes its time: none of the hours is one that summer time skips. */
const wallClock = (minute: number) => {
  const at = new Date(Date.UTC(2010, 11, 1) + minute * 60_000)
  const hour = 8 + (at.getUTCHours() % 12)
  return `${at.toISOString().slice(0, 10)} ${String(hour).padStart(2, '0')}:${at.toISOString().slice(14, 19)}`
}
