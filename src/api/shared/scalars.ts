import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'
import { GraphQLCurrency, GraphQLDateTime, GraphQLJSON, GraphQLLocalDate } from 'graphql-scalars'
import { type BasisPoints, basisPoints, type Minor } from '../../kernel/money.ts'

const refused = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } })

/** Inside, a safe whole number; a number outside, too: 2^53-1 is the most that JSON readers agree on. */
export const Money = new GraphQLScalarType<Minor, number>({
  name: 'Money',
  description: "A whole number of minor units of the shop's currency (cents, fen); 0 to 2^53-1.",
  serialize: (value) => written(value),
  parseValue: (value) => toMinor(value),
  parseLiteral: (node) => toMinor(node.kind === Kind.INT ? Number(node.value) : undefined),
})

function toMinor(value: unknown): Minor {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw refused(`Money is a whole number of minor units from 0 to 2^53-1, not ${JSON.stringify(value)}.`)
  return value as Minor
}

/** What we say ourselves: another value is a fault of ours, and never looks like the caller's. */
function written(value: unknown): Minor {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw new TypeError(`not an amount of money: ${String(value)}`)
  return value as Minor
}

/** What may lie below nothing: a margin, a difference; never taken from a caller. */
export const SignedMoney = new GraphQLScalarType<number, number>({
  name: 'SignedMoney',
  description: "What may lie below nothing (a margin, a difference) in whole minor units of the shop's currency; -(2^53-1) to 2^53-1.",
  serialize: (value) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new TypeError(`not a difference of amounts: ${String(value)}`)
    // There is no negative nothing in JSON.
    return value === 0 ? 0 : value
  },
})

/** Inside, basis points; read from the decimal text, so that 0.29 is 29 and never 28.999. */
export const Percentage = new GraphQLScalarType<BasisPoints, number>({
  name: 'Percentage',
  description: 'More than 0, at most 100, at most two decimals.',
  serialize: (value) => Number(value) / 100,
  parseValue: (value) => toBasisPoints(typeof value === 'number' || typeof value === 'string' ? String(value) : ''),
  parseLiteral: (node) => toBasisPoints(node.kind === Kind.INT || node.kind === Kind.FLOAT || node.kind === Kind.STRING ? node.value : ''),
})

function toBasisPoints(text: string): BasisPoints {
  const match = /^(\d{1,3})(?:\.(\d{1,2})0*)?$/.exec(text)
  const points = match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : 0
  if (points < 1 || points > 10_000)
    throw refused(`A percentage is more than 0, at most 100, with at most two decimals, not ${JSON.stringify(text)}.`)
  return basisPoints(points)
}

const described = (scalar: GraphQLScalarType, name: string, description: string) =>
  new GraphQLScalarType({ ...scalar.toConfig(), name, description })

/** The calendar of years that four digits write; beyond, the database and what we write ourselves are other formats. */
const FIRST_INSTANT = Date.parse('0001-01-01T00:00:00Z')
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z')

function withinCalendar(read: unknown): Date {
  if (!(read instanceof Date) || !(read.getTime() >= FIRST_INSTANT && read.getTime() <= LAST_INSTANT))
    throw refused('A DateTime lies between the years 1 and 9999, in UTC.')
  return read
}

export const DateTime = new GraphQLScalarType({
  ...described(GraphQLDateTime, 'DateTime', 'ISO 8601 instant in UTC.').toConfig(),
  parseValue: (value) => withinCalendar(GraphQLDateTime.parseValue(value)),
  parseLiteral: (node, variables) => withinCalendar(GraphQLDateTime.parseLiteral(node, variables)),
})
export const Day = described(GraphQLLocalDate, 'Date', 'A day, YYYY-MM-DD.')
export const Currency = described(GraphQLCurrency, 'Currency', 'A currency code of ISO 4217.')
export const Json = described(GraphQLJSON, 'JSON', 'Any JSON value.')
