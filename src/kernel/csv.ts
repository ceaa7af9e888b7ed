/**
 * A row as a spreadsheet reads it, and as RFC 4180 has it: it ends in CR LF, what has commas, quotes, breaks or blanks at
 * its ends is quoted. What a spreadsheet would take for a formula, and run, has an apostrophe before it: customers write
 * their own names.
 */
export const csvLine = (cells: readonly string[]): string => `${cells.map((cell) => quoted(harmless(cell))).join(',')}\r\n`

const quoted = (cell: string) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

const harmless = (cell: string) => (beginsFormula(cell) && !NUMBER.test(cell) ? `'${cell}` : cell)

/** Whether a spreadsheet would look at how a cell begins and take it for a formula; where East Asian text is usual, wide signs too. */
export const beginsFormula = (cell: string): boolean => /^\s*[=+\-@＝＋－＠]/.test(cell)

/** What begins with a sign and is no formula, as amounts and phone numbers do. */
const NUMBER = /^[+-]\d[\d.,]*$/
