import type { Customer } from '../customers/customer.model.ts'
import { csvLine } from '../kernel/csv.ts'

/** A link that was made for a customer, as it is handed out. */
export type HandedOut = {
  readonly customer: Pick<Customer, 'externalId' | 'name' | 'email' | 'phone'>
  readonly linkId: string
  readonly url: string
}

const COLUMNS = ['externalId', 'name', 'email', 'phone', 'linkId', 'url']

/** One line a link under a line of names. */
export const toCsv = (links: readonly HandedOut[]): string =>
  [COLUMNS, ...links.map(({ customer: { externalId, name, email, phone }, linkId, url }) => [externalId, name, email, phone, linkId, url])]
    .map((cells) => csvLine(cells.map((cell) => cell ?? '')))
    .join('')
