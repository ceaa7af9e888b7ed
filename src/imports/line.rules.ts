import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isWord } from '../kernel/text.ts'
import { isExternalId } from '../orders/order.model.ts'
import { isSku } from '../products/product.model.ts'
import { type Cells, Header, test } from './cell.rules.ts'
import { type ContactName, customerNamed } from './customer-key.rules.ts'
import { amountsReader } from './line-amounts.rules.ts'
import { CUSTOMER_FACTS, type Mapping } from './mapping.model.ts'
import { type MomentReader, momentReader } from './moment.rules.ts'
import { RowFault } from './row-fault.rules.ts'
import type { Reading, StagedLine } from './staged.model.ts'
import { statusReader } from './status.rules.ts'

/** The shop's side of an import. */
export type Target = {
  readonly currency: string
  readonly currencyDigits: number
  readonly timeZone: string
  readonly contactName: ContactName
}

export type LineReader = (cells: Cells) => Reading

const MAX_TEXT = 200
const MAX_SHORT = 100

/** How the rows under this header are understood. Refused when columns are missing, or the file is in another currency. */
export function lineReader(mapping: Mapping, names: Cells, target: Target): Result<LineReader, Problem> {
  const header = new Header(names)
  const momentOf = momentReader(mapping.order.placedAt.format, mapping.timeZone ?? target.timeZone)
  if (!momentOf.ok) return momentOf
  const { currency } = mapping
  if (currency !== null && currency.columns.length === 0 && currency.otherwise !== target.currency)
    return refuse(problem('BAD_USER_INPUT', `The file's amounts are in ${currency.otherwise}, the shop's in ${target.currency}.`))
  const keep = mapping.keep.map((condition) => test(condition, header, mapping.decimalMark))
  const orderId = header.reader(mapping.order.id)
  const line = stagedReader(mapping, header, target, momentOf.value)
  if (header.missing.size > 0) return refuse(missingColumns([...header.missing], names))
  return accept((cells) => {
    const id = orderId(cells)
    if (!hasWidth(cells, names.length)) return bad(id, `The row has ${cells.length} cells, the header ${names.length}.`)
    for (const holds of keep) {
      const kept = holds(cells)
      if (kept === false) return { kind: 'LEFT_OUT' }
      if (kept !== true) return bad(id, kept.fault)
    }
    if (!isKey(id) || !isExternalId(id))
      return bad('', `The order's id "${id.slice(0, 50)}" must have 1 to ${MAX_TEXT} printable characters.`)
    try {
      return { kind: 'LINE', line: line(id, cells) }
    } catch (error) {
      if (error instanceof RowFault) return bad(id, error.message)
      throw error
    }
  })
}

/** Commas behind the last cell do no harm. */
const hasWidth = (cells: Cells, width: number) =>
  cells.length === width || (cells.length > width && cells.slice(width).every((cell) => cell === ''))

const bad = (id: string, fault: string): Reading => ({ kind: 'BAD', orderId: isKey(id) && isExternalId(id) ? id : null, fault })

/** U+FFFD stands for bytes that are not of the encoding: as a part of a key they would make one of two. */
const isKey = (text: string) => !text.includes('\ufffd')

function missingColumns(missing: readonly string[], names: Cells): Problem {
  const has = names.map((name) => name.trim()).join(', ')
  return problem(
    'BAD_USER_INPUT',
    `The file lacks ${missing.length === 1 ? 'the column' : 'the columns'} ${missing.join('; ')}. It has: ${has.slice(0, 1_000)}`,
  )
}

function stagedReader(mapping: Mapping, header: Header, target: Target, momentOf: MomentReader) {
  const { order, customer, line } = mapping
  const placedAt = header.reader(order.placedAt)
  const channel = header.reader(order.channel)
  const orderTotal = header.reader(order.total)
  const refunded = header.reader(order.refunded)
  const currency = header.reader(mapping.currency)
  const status = statusReader(order.status, header, mapping)
  const keys = customer.keys.map((key) => ({ kind: key.kind, read: header.reader(key) }))
  const facts = CUSTOMER_FACTS.map((fact) => [fact, header.reader(customer[fact])] as const)
  const amounts = amountsReader(mapping, header, target.currencyDigits)
  const [lineId, sku] = [header.reader(line.id), header.reader(line.sku)]
  const factOf = (fact: (typeof CUSTOMER_FACTS)[number], text: string) =>
    text === '' || ((fact === 'email' || fact === 'phone') && target.contactName(fact, text) === null) ? null : plain(text)
  const nobody = { name: null, email: null, phone: null, country: null, region: null, city: null }

  return (orderId: string, cells: Cells): StagedLine => {
    const money = currency(cells)
    if (money !== '' && money !== target.currency)
      throw new RowFault(`The row is in ${money.slice(0, 20)}, the shop's amounts are in ${target.currency}.`)
    let named = null
    for (const key of keys) named ??= customerNamed(key.kind, key.read(cells), target.contactName)
    return {
      orderId,
      customer: named,
      facts:
        named === null
          ? nobody
          : (Object.fromEntries(facts.map(([fact, read]) => [fact, factOf(fact, read(cells))])) as StagedLine['facts']),
      placedAt: moment(placedAt(cells), momentOf),
      status: status(cells),
      channel: word(channel(cells), 'The channel', MAX_SHORT),
      orderTotal: amounts.optional(orderTotal(cells), "The order's total"),
      refunded: amounts.optional(refunded(cells), 'What was refunded'),
      lineId: word(lineId(cells), "The line's id", MAX_SHORT),
      sku: skuOf(sku(cells)),
      ...amounts.ofLine(cells),
    }
  }
}

/** A customer's fact is kept as far as it can be: nobody loses an order for a line break in a name. */
const plain = (text: string) =>
  text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, MAX_TEXT) || null

function word(text: string, what: string, max: number): string | null {
  if (text === '') return null
  if (!isWord(text, max)) throw new RowFault(`${what} must have at most ${max} printable characters.`)
  return text
}

function skuOf(text: string): string {
  if (!isSku(text) || !isKey(text)) throw new RowFault(`The sku "${text.slice(0, 50)}" must have 1 to ${MAX_TEXT} printable characters.`)
  return text
}

function moment(text: string, momentOf: MomentReader) {
  const at = text === '' ? null : momentOf(text)
  if (text !== '' && at === null) throw new RowFault(`"${text.slice(0, 50)}" is no time as the format has it.`)
  if (at !== null && (at < 0 || at > LATEST)) throw new RowFault(`"${text.slice(0, 50)}" lies before 1970 or after 2199.`)
  return at
}
const LATEST = Date.UTC(2200, 0, 1)
