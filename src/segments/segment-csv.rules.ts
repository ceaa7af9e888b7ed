import { stringify } from 'csv-stringify/sync'
import { CSV_COLUMNS, type CsvRow } from './segment-csv.model.ts'

/**
 * RFC 4180, lines ended by CR LF, with a byte order mark, without which spreadsheets take Chinese for something else. What
 * a spreadsheet would take for a formula has an apostrophe in front: a name may be anything.
 */
export const toCsv = (rows: readonly CsvRow[]): string =>
  stringify([...rows], { header: true, columns: [...CSV_COLUMNS], escape_formulas: true, record_delimiter: '\r\n', bom: true })
