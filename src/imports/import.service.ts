import { trace } from '../audit/audit.service.ts'
import { restoreReturned } from '../checkout/restoring.service.ts'
import { contactName } from '../customers/contact.service.ts'
import { renamed } from '../customers/customer.service.ts'
import { CUSTOMERS } from '../customers/customer.topic.ts'
import { currencyDigits } from '../kernel/currency.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { findOrders } from '../orders/order.service.ts'
import { countedSql, holdCounting, recountHeld } from '../orders/statistics.service.ts'
import { settleScores } from '../scores/score.service.ts'
import { type CopyIn, transactWithCopy } from '../shell/copy.ts'
import type { Database } from '../shell/database.ts'
import { brokenConstraint, sql } from '../shell/sql.ts'
import { FileFault, openTextFile } from '../shell/text-file.ts'
import { changed } from '../shell/topic.ts'
import type { World } from '../shell/world.ts'
import type { Shop } from '../shops/shop.model.ts'
import { currentShop } from '../shops/shop.service.ts'
import { type CsvFile, readCsv } from './csv-file.service.ts'
import { recognise } from './format.rules.ts'
import type { ImportSummary } from './import.model.ts'
import { createImported, fillGaps, findImported, gatherCustomers, holdImported, keepNames } from './imported-customers.store.ts'
import { listCalledOff, listOwners, readFigures, settleChanges, targetOrders, tellPlanner, writeChanges } from './imported-orders.store.ts'
import { type LineReader, lineReader } from './line.rules.ts'
import type { Mapping } from './mapping.model.ts'
import { writeRejects } from './rejects.service.ts'
import { createStaging, gatherItems, gatherOrders, holdImports, listRejects, Staging, settleRejects } from './staging.store.ts'

export type OrderFile = {
  readonly path: string
  /** Null: told from the file's columns. */
  readonly mapping: Mapping | null
  /** Null: the mapping's, else what the bytes look like. */
  readonly encoding: string | null
}

export type ImportOptions = {
  /** Does everything, says what came of it, and undoes it. */
  readonly dryRun: boolean
  /** Where rejected rows go; nothing is written when there are none. Null: nowhere. */
  readonly rejectsPath: string | null
  readonly onProgress?: (progress: { readonly bytes: number; readonly size: number; readonly stage: 'READING' | 'WRITING' }) => void
}

/**
 * Takes a whole history of orders into the shop: each order by its id, new, unchanged or corrected where it differs, with
 * the customers whom they name, and the statistics, in one transaction. Rows that cannot be understood are rejected with
 * their orders and stop nothing. The same file again changes nothing. Neither the file nor its orders are ever held in
 * memory: rows go by COPY into a table of the transaction, and from there on sets are worked on.
 */
export async function importOrders(
  database: Database,
  world: World,
  file: OrderFile,
  options: ImportOptions,
): Promise<Result<ImportSummary, Problem>> {
  try {
    const opened = await openOrders(world, file)
    if (!opened.ok) return opened
    const done = await transactWithCopy(database, world, !options.dryRun, (tx, copyIn) => importAll(tx, copyIn, opened.value, options))
    // In a transaction of its own: an evaluation waits for all who score customers, of whom the import was one.
    if (done.ok && !options.dryRun && done.value.created + done.value.corrected > 0) {
      await tellPlanner(world)
      await settleScores(world)
    }
    return done
  } catch (error) {
    if (error instanceof FileFault) return refuse(problem('BAD_USER_INPUT', error.message))
    if (brokenConstraint(error) === 'customer_statistics_amount_spent_check')
      return refuse(problem('AMOUNT_TOO_LARGE', 'With these orders a customer would have spent more than 2^53-1 minor units.'))
    throw error
  }
}

type OpenFile = {
  readonly path: string
  readonly size: number
  readonly csv: CsvFile
  readonly read: LineReader
  readonly mapping: Mapping
}

async function openOrders(world: World, file: OrderFile): Promise<Result<OpenFile, Problem>> {
  const text = await openTextFile(file.path, file.encoding ?? file.mapping?.encoding ?? null)
  const csv = await readCsv(text, file.mapping?.delimiter ?? null)
  if (csv === null) return refuse(problem('BAD_USER_INPUT', `${file.path} has no header: the first line must name its columns.`))
  const mapping = file.mapping === null ? recognise(csv.columns) : accept(file.mapping)
  if (!mapping.ok) return mapping
  const read = lineReader(mapping.value, csv.columns, targetOf(await currentShop(world)))
  return read.ok ? accept({ path: file.path, size: text.size, csv, read: read.value, mapping: mapping.value }) : read
}

const targetOf = ({ currency, timeZone }: Shop) => ({ currency, currencyDigits: currencyDigits(currency), timeZone, contactName })

async function importAll(tx: World, copyIn: CopyIn, file: OpenFile, options: ImportOptions): Promise<Result<ImportSummary, Problem>> {
  const read = await stage(tx, copyIn, file, options)
  options.onProgress?.({ bytes: file.size, size: file.size, stage: 'WRITING' })
  await holdImports(tx)
  const counting = await holdCounting(tx)
  const share = file.mapping.order.total !== null || file.mapping.order.refunded !== null
  await gatherOrders(tx, share, file.mapping.order.status.empty)
  await gatherItems(tx, share)
  const rejected = await settleRejects(tx)
  if (rejected.rows > 0 && options.rejectsPath !== null) await writeRejects(options.rejectsPath, file.csv, listRejects(tx))
  const customers = await writeCustomers(tx)
  await targetOrders(tx, countedSql(sql`i.status`, counting))
  await settleChanges(tx)
  const figures = await readFigures(tx)
  const written = await writeChanges(tx)
  if (written < figures.created + figures.corrected)
    return refuse(problem('CONFLICT', 'Somebody recorded orders of this file at the same moment: import it again.'))
  for await (const ids of listOwners(tx)) await recountHeld(tx, ids)
  await restoreReturned(tx, await findOrders(tx, await listCalledOff(tx)))
  const summary = { ...read, rejectedRows: rejected.rows, rejectedOrders: rejected.orders, ...customers, ...figures }
  await announce(tx, file, summary)
  return accept(summary)
}

/** Every row of the file that is not left out, into the staging table. */
async function stage(tx: World, copyIn: CopyIn, { csv, read, size }: OpenFile, { onProgress }: ImportOptions) {
  await createStaging(tx)
  const staging = new Staging(copyIn)
  let rows = 0
  let leftOut = 0
  for await (const some of csv.rows((bytes) => onProgress?.({ bytes, size, stage: 'READING' })))
    for (const row of some) {
      if (row.cells?.every((cell) => cell === '')) continue
      rows += 1
      const reading = row.cells === null ? UNCLOSED : read(row.cells)
      if (reading.kind === 'LEFT_OUT') leftOut += 1
      else await staging.put(row.line, reading)
    }
  await staging.end()
  return { rows, leftOut }
}

const UNCLOSED = { kind: 'BAD', orderId: null, fault: 'A quote opens in this row that never closes.' } as const

async function writeCustomers(tx: World): Promise<Pick<ImportSummary, 'customers' | 'newCustomers' | 'completedCustomers'>> {
  const customers = await gatherCustomers(tx)
  await findImported(tx)
  const newCustomers = await createImported(tx)
  await findImported(tx)
  await holdImported(tx)
  const completedCustomers = await fillGaps(tx)
  await keepNames(tx)
  return { customers, newCustomers, completedCustomers }
}

/** An import that changed nothing leaves no trace. */
async function announce(tx: World, { path, mapping }: OpenFile, summary: ImportSummary): Promise<void> {
  if (summary.created + summary.corrected + summary.newCustomers + summary.completedCustomers === 0) return
  const file = path.split(/[\\/]/).at(-1) ?? path
  await trace(tx, {
    action: 'importOrders',
    target: `import/${file}`,
    after: { ...summary, amount: String(summary.amount), about: mapping.about },
  })
  changed(tx, CUSTOMERS, 'ALL')
  renamed(tx, 'ALL')
}
