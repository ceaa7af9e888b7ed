import { isWallTime, isWrittenInstant } from './calendar.ts'
import { isInDecimals } from './decimal-range.ts'
import type { CustomerFacts } from './facts.ts'
import { BIRTH_DATE } from './free.ts'
import { isIn } from './range.ts'
import type { DateRange, FreeMatch, ResolvedTest } from './resolved.ts'

type Attributes = CustomerFacts['attributes']
const named = (attributes: Attributes, name: string): unknown => (Object.hasOwn(attributes, name) ? attributes[name] : null)

/** The same of a shop's own attribute as `freeHolds` says in SQL. */
export function freeHolds(attributes: Attributes, name: string, test: ResolvedTest): boolean {
  const value = named(attributes, name)
  if (test.kind === 'null') return value === null || value === undefined
  if (test.kind !== 'free') throw new Error(`attributes.${name} is not compared by ${test.kind}`)
  return test.any.some((match) => matches(value, match))
}

function matches(value: unknown, match: FreeMatch): boolean {
  switch (match.kind) {
    case 'text':
      return value === match.text
    case 'boolean':
      return value === match.value
    case 'number':
      // A figure's shortest text is what its JSON says, and so what the database compares.
      return typeof value === 'number' && Number.isFinite(value) && isInDecimals({ total: value, count: 1 }, match.range)
    case 'date':
      return typeof value === 'string' && isInDates(value, match.range)
  }
}

function isInDates(text: string, range: DateRange): boolean {
  if (isWrittenInstant(text)) return isIn(Date.parse(text), range)
  if (!isWallTime(text)) return false
  const clock = text.length === 10 ? `${text}T00:00:00` : text
  return (range.wallFrom === null || clock >= range.wallFrom) && (range.wallUntil === null || clock < range.wallUntil)
}

/** The day of the year, MM-DD, of the date of birth or of a date that the shop put there. */
export function yearDay({ birthDate, attributes }: CustomerFacts, name: string): string | null {
  const date = (name === BIRTH_DATE ? birthDate : null) ?? named(attributes, name)
  return typeof date === 'string' && isWallTime(date) ? date.slice(5, 10) : null
}
