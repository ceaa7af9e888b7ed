import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { csvLines, UTF8_MARK } from '../shell/csv.ts'
import type { CsvRow } from './csv.rules.ts'
import type { CsvFile } from './csv-file.service.ts'
import type { Rejected } from './staging.store.ts'

const OWN_COLUMNS = ['line', 'reason']

/**
 * Writes the rejected rows as they are in the file, each after its line and the reason, under the file's own columns: once
 * they are mended there, this file can be imported itself. The file is read again for it, so that no row need be kept.
 */
export async function writeRejects(path: string, csv: CsvFile, rejects: AsyncIterable<readonly Rejected[]>): Promise<void> {
  const out = createWriteStream(path)
  const done = finished(out)
  done.catch(() => {})
  const isRejects = OWN_COLUMNS.every((name, i) => csv.columns[i] === name)
  const own = (cells: readonly string[]) => (isRejects ? cells.slice(OWN_COLUMNS.length) : cells)
  const write = async (text: string) => {
    if (!out.write(text)) await Promise.race([once(out, 'drain'), done])
  }
  await write(UTF8_MARK + csvLines([[...OWN_COLUMNS, ...own(csv.columns)]]))
  for await (const { row, reason } of joined(csv, rejects))
    await write(csvLines([[row.line, reason, ...(row.cells === null ? [row.raw] : own(row.cells))]]))
  out.end()
  await done
}

/** Both run in the order of the lines. */
async function* joined(csv: CsvFile, rejects: AsyncIterable<readonly Rejected[]>): AsyncGenerator<{ row: CsvRow; reason: string }> {
  const next = each(rejects)
  let wanted = await next.next()
  for await (const rows of csv.rows())
    for (const row of rows) {
      if (wanted.done) return
      if (row.line !== wanted.value.line) continue
      yield { row, reason: wanted.value.reason }
      wanted = await next.next()
    }
}

async function* each<T>(pages: AsyncIterable<readonly T[]>): AsyncGenerator<T, undefined> {
  for await (const page of pages) yield* page
}
