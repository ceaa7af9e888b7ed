import { DELIMITERS, type Delimiter } from './mapping.model.ts'

/** One row of a CSV file. `cells` is null where a quote is opened that never closes. */
export type CsvRow = { readonly line: number; readonly raw: string; readonly cells: readonly string[] | null }

/** A cell with more lines than this has a quote that somebody forgot to close. */
const MOST_LINES = 100

/** The delimiter that a header line is written with: the one that is in it most often. */
export function delimiterOf(header: string): Delimiter {
  const count = (sign: string) => header.split(sign).length
  return DELIMITERS.reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

/**
 * Reads rows out of a file's lines, as they come. Why not a CSV library: a forgotten quote must cost the row that it is in
 * and no other, so a row that comes out wrong gives its further lines back; and each row is told with its line and its text.
 */
export class CsvReader {
  readonly #delimiter: string
  readonly #width: number
  readonly #waiting: string[] = []
  #line: number

  /** `width`: how many cells a row should have. `line`: the number of the first line to come. */
  constructor(delimiter: string, width: number, line: number) {
    this.#delimiter = delimiter
    this.#width = width
    this.#line = line
  }

  read(lines: readonly string[]): CsvRow[] {
    this.#waiting.push(...lines)
    return this.#take(false)
  }

  end(): CsvRow[] {
    return this.#take(true)
  }

  #take(atEnd: boolean): CsvRow[] {
    const rows: CsvRow[] = []
    let next = 0
    while (next < this.#waiting.length) {
      const row = this.#rowAt(next, atEnd)
      if (row === null) break
      if (row.raw !== '') rows.push(row)
      next += row.lines
      this.#line += row.lines
    }
    this.#waiting.splice(0, next)
    return rows
  }

  /** The row that begins at a waiting line; null while its end has yet to come. */
  #rowAt(from: number, atEnd: boolean): (CsvRow & { lines: number }) | null {
    const first = this.#waiting[from] ?? ''
    let raw = first
    for (let lines = 1; ; lines += 1) {
      const cells = splitCells(raw, this.#delimiter)
      if (cells !== 'OPEN') {
        if (lines > 1 && cells.length !== this.#width) break
        return { line: this.#line, raw, cells, lines }
      }
      const more = this.#waiting[from + lines]
      if (lines === MOST_LINES || (more === undefined && atEnd)) break
      if (more === undefined) return null
      raw += `\n${more}`
    }
    return { line: this.#line, raw: first, cells: null, lines: 1 }
  }
}

/**
 * The cells of a row; OPEN where a quoted cell does not end. As RFC 4180 says; besides, `="0012"` is the text 0012, which
 * is how spreadsheets are kept from taking a long number for one, and a quote in the middle of a cell is a quote.
 */
export function splitCells(row: string, delimiter: string): string[] | 'OPEN' {
  if (!row.includes('"')) return row.split(delimiter)
  const cells: string[] = []
  for (let at = 0; ; ) {
    const quoted = row[at] === '"' ? at : row.startsWith('="', at) ? at + 1 : -1
    let cell = ''
    if (quoted >= 0) {
      const end = endOfQuote(row, quoted)
      if (end === -1) return 'OPEN'
      cell = row.slice(quoted + 1, end).replaceAll('""', '"')
      at = end + 1
    }
    const next = row.indexOf(delimiter, at)
    cells.push(cell + row.slice(at, next === -1 ? undefined : next))
    if (next === -1) return cells
    at = next + delimiter.length
  }
}

/** Where the quote that opens here closes: a doubled one is a quote in the text. */
function endOfQuote(row: string, opened: number): number {
  for (let at = row.indexOf('"', opened + 1); at !== -1; at = row.indexOf('"', at + 2)) if (row[at + 1] !== '"') return at
  return -1
}
