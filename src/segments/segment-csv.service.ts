import { trace } from '../audit/audit.service.ts'
import { currencyDigits } from '../kernel/currency.ts'
import type { Problem } from '../kernel/problem.ts'
import { problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { toCsv, UTF8_MARK } from '../shell/csv.ts'
import { transact, type World } from '../shell/world.ts'
import { readShop } from '../shops/shop.service.ts'
import { conditionOf } from './customer-query.service.ts'
import { findSegment, understand, unknownSegment } from './segment.service.ts'
import { CSV_COLUMNS } from './segment-csv.model.ts'
import { exportWho } from './segment-csv.store.ts'

const MOST_EXPORTED = 10_000

/** Who is in a segment now as a CSV file; whoever took it stands in the audit log. */
export function segmentCsv(world: World, code: string): Promise<Result<string, Problem>> {
  return transact(world, async (tx) => {
    const segment = await findSegment(tx, code)
    if (segment === null) return refuse(unknownSegment(code, 'code'))
    const query = await understand(tx, segment.query, ['code'])
    if (!query.ok) throw new Error(`segment ${code} cannot be read`)
    const { currency } = await readShop(tx)
    const rows = await exportWho(tx, await conditionOf(tx, query.value), MOST_EXPORTED + 1, currencyDigits(currency))
    if (rows.length > MOST_EXPORTED) {
      const message = `A file holds at most ${MOST_EXPORTED} customers, and more are in segment "${code}": narrow it, or read its members page by page.`
      return refuse(problem('TOO_MANY_ITEMS', message, ['code']))
    }
    await trace(tx, { action: 'exportSegment', target: `segment/${code}`, after: { customers: rows.length } })
    const cells = rows.map((row) => CSV_COLUMNS.map((column) => row[column]))
    return accept(UTF8_MARK + toCsv(CSV_COLUMNS, cells))
  })
}
