import { BOUNDS } from '../pricing/bounds.ts'
import { type Decimal, dividedHalfUp, minus, readDecimal, readWhole, signOf, times, toMinor } from './amount.rules.ts'
import type { Cells, Header, Reader } from './cell.rules.ts'
import type { Mapping } from './mapping.model.ts'
import { RowFault } from './row-fault.rules.ts'
import type { StagedLine } from './staged.model.ts'

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER)

/** Reads a row's amounts exactly, in the shop's minor units. */
export function amountsReader({ line, decimalMark, minorUnits }: Mapping, header: Header, currencyDigits: number) {
  const digits = minorUnits ? 0 : currencyDigits
  const [quantity, unitPrice, discount, total] = [line.quantity, line.unitPrice, line.discount, line.total].map((cell) =>
    header.reader(cell),
  ) as [Reader, Reader, Reader, Reader]
  const decimal = (text: string, what: string): Decimal | null => {
    if (text === '') return null
    const amount = readDecimal(text, decimalMark)
    if (amount === null) throw new RowFault(`${what} "${text.slice(0, 50)}" is no amount.`)
    if (signOf(amount) < 0) throw new RowFault(`${what} is negative.`)
    return amount
  }
  const minor = (amount: Decimal, what: string): bigint => {
    const units = toMinor(amount, digits)
    if (units > LARGEST) throw new RowFault(`${what} is more than 2^53-1 minor units.`)
    return units
  }
  return {
    optional: (text: string, what: string): bigint | null => {
      const amount = decimal(text, what)
      return amount === null ? null : minor(amount, what)
    },
    ofLine: (cells: Cells): Pick<StagedLine, 'quantity' | 'unitPrice' | 'total'> => {
      const units = readWhole(quantity(cells), decimalMark)
      if (units === null || units < 1n || units > BigInt(BOUNDS.quantity))
        throw new RowFault(`The quantity "${quantity(cells).slice(0, 50)}" must be a whole number from 1 to ${BOUNDS.quantity}.`)
      const price = decimal(unitPrice(cells), 'The unit price')
      const paid = decimal(total(cells), "The line's total") ?? lessDiscount(price, units, decimal(discount(cells), 'The discount'))
      if (paid === null) throw new RowFault('The row has neither a unit price nor a total.')
      const amount = minor(paid, "The line's total")
      return { quantity: units, unitPrice: price === null ? dividedHalfUp(amount, units) : minor(price, 'The unit price'), total: amount }
    },
  }
}

/** Rounded once, as a line: three decimals of a price times a quantity are not three rounded prices. */
function lessDiscount(price: Decimal | null, units: bigint, discount: Decimal | null): Decimal | null {
  if (price === null) return null
  const full = times(price, units)
  const paid = discount === null ? full : minus(full, discount)
  if (signOf(paid) < 0) throw new RowFault('The discount is more than quantity x price.')
  return paid
}
