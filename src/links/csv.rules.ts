import type { Customer } from '../customers/customer.model.ts'

/** A link that was made for a customer, as it is handed out. */
export type HandedOut = {
  readonly customer: Pick<Customer, 'externalId' | 'name' | 'email' | 'phone'>
  readonly linkId: string
  readonly url: string
}

const COLUMNS = ['externalId', 'name', 'email', 'phone', 'linkId', 'url']

/** One line a link under a line of names, as RFC 4180 has it: lines end in CR LF, what has commas, quotes or breaks in it is quoted. */
export const toCsv = (links: readonly HandedOut[]): string =>
  [COLUMNS, ...links.map(({ customer: { externalId, name, email, phone }, linkId, url }) => [externalId, name, email, phone, linkId, url])]
    .map((cells) => `${cells.map((cell) => quoted(harmless(cell ?? ''))).join(',')}\r\n`)
    .join('')

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/**
 * Customers write their own names. A spreadsheet takes what begins with one of these signs for a formula and runs it; an
 * apostrophe before it makes it a text. A phone number in its international form is none.
 */
const harmless = (cell: string): string => (/^[\s]*[=+\-@\t\r＝＋－＠]/.test(cell) && !/^\+\d+$/.test(cell) ? `'${cell}` : cell)
