import type { ImportSummary } from '../imports/import.model.ts'
import type { Instant } from '../kernel/clock.ts'
import { currencyDigits } from '../kernel/currency.ts'

export type Reported = {
  readonly file: string
  readonly shop: string
  readonly currency: string
  readonly dryRun: boolean
  readonly rejectsPath: string
}

/** The summary as somebody reads it who must decide whether it is right. */
export function report(summary: ImportSummary, { file, shop, currency, dryRun, rejectsPath }: Reported): string {
  const unchanged = summary.orders - summary.created - summary.corrected
  const head = dryRun ? `Tried only, nothing was changed: ${file} into shop "${shop}"` : `Imported ${file} into shop "${shop}"`
  const lines = [
    [
      'Rows',
      [
        [summary.rows, 'read'],
        [summary.leftOut, 'left out by the mapping'],
        [summary.rejectedRows, 'rejected'],
      ],
    ],
    [
      'Orders',
      [
        [summary.orders, `of ${counted(summary.lines)} lines`],
        [summary.created, 'new'],
        [summary.corrected, 'corrected'],
        [unchanged, 'unchanged'],
        [summary.rejectedOrders, 'rejected'],
      ],
    ],
    [
      'Customers',
      [
        [summary.customers, 'named'],
        [summary.newCustomers, 'new'],
        [summary.completedCustomers, 'completed'],
        [summary.ofNobody, 'orders of nobody'],
      ],
    ],
    ['Counted', [[summary.counted, `orders, ${money(summary.amount, currency)}`]]],
  ] as const
  const told = lines.map(([name, parts]) => row(name, parts.map(([count, what]) => `${counted(count)} ${what}`).join(', ')))
  const when =
    summary.firstAt === null || summary.lastAt === null ? [] : [row('Placed', `${day(summary.firstAt)} to ${day(summary.lastAt)}`)]
  const rejects = summary.rejectedRows === 0 ? [] : [row('Rejects', rejectsPath)]
  return [head, ...told, ...when, ...rejects].join('\n')
}

const row = (name: string, text: string) => `  ${name.padEnd(10)} ${text}`

const counted = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** Minor units as people write them; exact whatever the size. */
function money(amount: bigint, currency: string): string {
  const digits = currencyDigits(currency)
  const text = String(amount).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${currency} ${digits === 0 ? whole : `${whole}.${text.slice(-digits)}`}`
}

const day = (at: Instant) => new Date(at).toISOString().slice(0, 10)
