import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isTimeZone } from '../kernel/zone.ts'
import type { OrderStatus } from '../orders/order.model.ts'
import { readDecimal } from './amount.rules.ts'
import {
  type Cell,
  type Condition,
  CUSTOMER_FACTS,
  type CustomerKey,
  DECIMAL_MARKS,
  DELIMITERS,
  type Mapping,
  type StatusRule,
} from './mapping.model.ts'
import { momentReader } from './moment.rules.ts'

/** Reads a mapping file. A refusal says where in it the fault lies: `order.placedAt.format`. */
export function readMapping(document: unknown): Result<Mapping, Problem> {
  try {
    return accept(mapping(document))
  } catch (error) {
    if (error instanceof Fault) return refuse(problem('BAD_USER_INPUT', `${error.at === '' ? 'The mapping' : error.at} ${error.message}`))
    throw error
  }
}

/** Thrown and caught in this file only: a document of this depth read by results would be all plumbing. */
class Fault extends Error {
  readonly at: string
  constructor(at: string, message: string) {
    super(message)
    this.at = at
  }
}

function mapping(document: unknown): Mapping {
  const top = fields(document, '', [
    'about',
    'encoding',
    'delimiter',
    'timeZone',
    'currency',
    'decimalMark',
    'amounts',
    'keep',
    'order',
    'customer',
    'line',
  ])
  const order = fields(top.order, 'order', ['id', 'placedAt', 'status', 'channel', 'total', 'refunded'])
  const customer = fields(top.customer ?? {}, 'customer', ['keys', ...CUSTOMER_FACTS])
  const line = fields(top.line, 'line', ['id', 'sku', 'quantity', 'unitPrice', 'discount', 'total'])
  const facts = Object.fromEntries(CUSTOMER_FACTS.map((fact) => [fact, maybe(customer[fact], `customer.${fact}`, cell)]))
  if (line.unitPrice === undefined && line.total === undefined) throw new Fault('line', 'needs a unitPrice or a total.')
  return {
    about: maybe(top.about, 'about', text) ?? '',
    encoding: maybe(top.encoding, 'encoding', text),
    delimiter: maybe(top.delimiter, 'delimiter', oneOf(DELIMITERS)),
    timeZone: maybe(top.timeZone, 'timeZone', zone),
    currency: maybe(top.currency, 'currency', (value, at) => (typeof value === 'string' ? constant(value) : cell(value, at))),
    decimalMark: maybe(top.decimalMark, 'decimalMark', oneOf(DECIMAL_MARKS)) ?? '.',
    minorUnits: maybe(top.amounts, 'amounts', oneOf(['MAJOR', 'MINOR'] as const)) === 'MINOR',
    keep: list(top.keep ?? [], 'keep', condition),
    order: {
      id: cell(order.id, 'order.id'),
      placedAt: placedAt(order.placedAt, 'order.placedAt'),
      status: status(order.status, 'order.status'),
      channel: maybe(order.channel, 'order.channel', cell),
      total: maybe(order.total, 'order.total', cell),
      refunded: maybe(order.refunded, 'order.refunded', cell),
    },
    customer: { keys: list(customer.keys ?? [], 'customer.keys', customerKey), ...(facts as Omit<Mapping['customer'], 'keys'>) },
    line: {
      id: maybe(line.id, 'line.id', cell),
      sku: cell(line.sku, 'line.sku'),
      quantity: cell(line.quantity, 'line.quantity'),
      unitPrice: maybe(line.unitPrice, 'line.unitPrice', cell),
      discount: maybe(line.discount, 'line.discount', cell),
      total: maybe(line.total, 'line.total', cell),
    },
  }
}

const CELL = ['column', 'columns', 'value', 'otherwise', 'prefix', 'optional']

/** "Column", or { column | columns | value, otherwise, prefix, optional }. */
function cell(value: unknown, at: string): Cell {
  return typeof value === 'string'
    ? { columns: [text(value, at)], prefix: '', otherwise: null, optional: false }
    : cellOf(fields(value, at, CELL), at)
}

function cellOf(given: Fields, at: string): Cell {
  if (given.value !== undefined) return constant(text(given.value, `${at}.value`))
  const columns = given.columns === undefined ? [text(given.column, `${at}.column`)] : list(given.columns, `${at}.columns`, text)
  if (columns.length === 0) throw new Fault(`${at}.columns`, 'must name a column.')
  return {
    columns,
    prefix: maybe(given.prefix, `${at}.prefix`, text) ?? '',
    otherwise: maybe(given.otherwise, `${at}.otherwise`, text),
    optional: maybe(given.optional, `${at}.optional`, flag) ?? false,
  }
}

const constant = (value: string): Cell => ({ columns: [], prefix: '', otherwise: value, optional: false })

function placedAt(value: unknown, at: string): Mapping['order']['placedAt'] {
  if (typeof value === 'string') return { ...cell(value, at), format: null }
  const given = fields(value, at, [...CELL, 'format'])
  const format = maybe(given.format, `${at}.format`, text)
  const reader = momentReader(format, 'UTC')
  if (!reader.ok) throw new Fault(`${at}.format`, `: ${reader.problem.message}`)
  return { ...cellOf(given, at), format }
}

function customerKey(value: unknown, at: string): CustomerKey {
  const given = fields(value, at, [...CELL, 'kind'])
  const kind = text(given.kind, `${at}.kind`)
  if (!/^[A-Za-z][A-Za-z0-9_.-]{0,39}$/.test(kind))
    throw new Fault(`${at}.kind`, 'has 1 to 40 letters, digits, _, - and ., and begins with a letter.')
  return { ...cellOf(given, at), kind }
}

const STATUSES = ['PLACED', 'PAID', 'COMPLETED', 'CANCELLED'] as const satisfies readonly OrderStatus[]
const statusWord = oneOf(STATUSES)

/** "PAID", or { column, map, first, otherwise, empty }. */
function status(value: unknown, at: string): StatusRule {
  if (typeof value === 'string') return { first: [], cell: null, map: [], otherwise: null, empty: statusWord(value, at) }
  const given = fields(value, at, ['column', 'columns', 'optional', 'map', 'first', 'otherwise', 'empty'])
  const { map: texts, first, otherwise, empty, ...source } = given
  const map = Object.entries(texts === undefined ? {} : fields(texts, `${at}.map`, null))
  return {
    first: list(first ?? [], `${at}.first`, (entry, where) => {
      const rule = fields(entry, where, ['when', 'is'])
      return { when: list(rule.when, `${where}.when`, condition), is: statusWord(rule.is, `${where}.is`) }
    }),
    cell: source.column === undefined && source.columns === undefined ? null : cellOf(source, at),
    map: map.map(([word, is]) => ({ text: word, is: statusWord(is, `${at}.map.${word}`) })),
    otherwise: maybe(otherwise, `${at}.otherwise`, statusWord),
    empty: maybe(empty, `${at}.empty`, statusWord),
  }
}

const BOUNDS = { above: 'ABOVE', atLeast: 'AT_LEAST', below: 'BELOW', atMost: 'AT_MOST' } as const
const TEXTS = { in: ['IN', true], notIn: ['IN', false], startsWith: ['STARTS_WITH', true], startsNotWith: ['STARTS_WITH', false] } as const

/** { column, and one of empty, in, notIn, startsWith, startsNotWith, above, atLeast, below, atMost }. */
function condition(value: unknown, at: string): Condition {
  const {
    column: named,
    optional: may,
    ...tests
  } = fields(value, at, ['column', 'optional', 'empty', ...Object.keys(TEXTS), ...Object.keys(BOUNDS)])
  const column = text(named, `${at}.column`)
  const optional = maybe(may, `${at}.optional`, flag) ?? false
  const [test, ...others] = Object.entries(tests)
  if (test === undefined || others.length > 0) throw new Fault(at, 'needs one test beside the column: empty, in, startsWith, above, …')
  const [name, wanted] = test
  if (name === 'empty') return { column, optional, test: 'EMPTY', holds: flag(wanted, `${at}.empty`) }
  if (name in BOUNDS) return { column, optional, test: BOUNDS[name as keyof typeof BOUNDS], bound: number(wanted, `${at}.${name}`) }
  const [kind, holds] = TEXTS[name as keyof typeof TEXTS]
  const texts = Array.isArray(wanted) ? list(wanted, `${at}.${name}`, text) : [text(wanted, `${at}.${name}`)]
  return { column, optional, test: kind, texts, holds }
}

type Fields = Readonly<Record<string, unknown>>

function fields(value: unknown, at: string, known: readonly string[] | null): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Fault(at, 'must be an object.')
  const stranger = known === null ? undefined : Object.keys(value).find((name) => !known.includes(name))
  if (stranger !== undefined) throw new Fault(at, `has no "${stranger}"; it may have ${known?.join(', ')}.`)
  return value as Fields
}

const maybe = <T>(value: unknown, at: string, read: (value: unknown, at: string) => T): T | null =>
  value === undefined || value === null ? null : read(value, at)

function list<T>(value: unknown, at: string, read: (value: unknown, at: string) => T): T[] {
  if (!Array.isArray(value)) throw new Fault(at, 'must be a list.')
  return value.map((item, i) => read(item, `${at}[${i}]`))
}

function text(value: unknown, at: string): string {
  if (typeof value !== 'string' || value === '') throw new Fault(at, 'must be a text.')
  return value
}

function flag(value: unknown, at: string): boolean {
  if (typeof value !== 'boolean') throw new Fault(at, 'must be true or false.')
  return value
}

function number(value: unknown, at: string): string {
  if (readDecimal(String(value)) === null) throw new Fault(at, 'must be a number.')
  return String(value)
}

function zone(value: unknown, at: string): string {
  if (!isTimeZone(text(value, at))) throw new Fault(at, 'must be an IANA time zone such as Asia/Shanghai.')
  return text(value, at)
}

function oneOf<const Word extends string>(words: readonly Word[]) {
  return (value: unknown, at: string): Word => {
    const word = words.find((one) => one === value)
    if (word === undefined) throw new Fault(at, `must be one of ${words.join(', ')}.`)
    return word
  }
}
