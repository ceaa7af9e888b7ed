import { stringify } from 'csv-stringify/sync'

/** A cell of a table that people open in a spreadsheet. */
export type CsvCell = string | number | boolean | null

/**
 * A table as CSV (RFC 4180: a header, CRLF, quotes where they are needed). A text that a spreadsheet would take for a formula is
 * given an apostrophe in front: names and tags are other people's words.
 */
export const toCsv = (header: readonly string[], rows: readonly (readonly CsvCell[])[]): string =>
  stringify([[...header], ...rows.map((row) => [...row])], { record_delimiter: 'windows', escape_formulas: true })
