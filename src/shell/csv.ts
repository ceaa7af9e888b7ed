import { stringify } from 'csv-stringify/sync'
import { harmless } from '../kernel/formula.ts'

/** A cell of a table that people open in a spreadsheet. */
export type CsvCell = string | number | boolean | null

/** What tells spreadsheets that a file is UTF-8. */
export const UTF8_MARK = '\ufeff'

/**
 * A table as CSV (RFC 4180: a header, CRLF, quotes where they are needed, and around what has blanks at its ends). A text that a
 * spreadsheet would take for a formula has an apostrophe before it.
 */
export const toCsv = (header: readonly string[], rows: readonly (readonly CsvCell[])[]): string => csvLines([header, ...rows])

/** Lines of such a table. */
export const csvLines = (rows: readonly (readonly CsvCell[])[]): string =>
  stringify(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? harmless(cell) : cell))),
    { record_delimiter: 'windows', quoted_match: /[\r\n]|^\s|\s$/ },
  )
