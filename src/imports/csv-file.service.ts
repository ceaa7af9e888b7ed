import type { TextFile } from '../shell/text-file.ts'
import { CsvReader, type CsvRow, delimiterOf, splitCells } from './csv.rules.ts'
import type { Delimiter } from './mapping.model.ts'

/** A CSV file whose header is read. */
export type CsvFile = {
  readonly columns: readonly string[]
  /** The rows under the header, many at a time and none kept; each time from the first on. */
  readonly rows: (onRead?: (bytes: number) => void) => AsyncGenerator<readonly CsvRow[]>
}

/** Null for a file without a header. */
export async function readCsv(text: TextFile, wanted: Delimiter | null): Promise<CsvFile | null> {
  const head = await readHeader(text)
  if (head === null) return null
  const delimiter = wanted ?? delimiterOf(head.text)
  const columns = splitCells(head.text, delimiter)
  if (columns === 'OPEN') return null
  return {
    columns: columns.map((name) => name.trim()),
    rows: async function* (onRead) {
      const reader = new CsvReader(delimiter, columns.length, head.line + 1)
      let above = head.line
      for await (const lines of text.lines(onRead)) {
        const below = lines.slice(above)
        above = Math.max(0, above - lines.length)
        if (below.length > 0) yield reader.read(below)
      }
      yield reader.end()
    },
  }
}

/** The first line with something on it; spreadsheets may put a line `sep=;` before it. */
async function readHeader(text: TextFile): Promise<{ text: string; line: number } | null> {
  let line = 0
  for await (const lines of text.lines())
    for (const one of lines) {
      line += 1
      if (one.trim() !== '' && !/^sep=.$/i.test(one)) return { text: one, line }
    }
  return null
}
