import type { Instant } from '../kernel/clock.ts'
import { addToDay, localTime, startOfDay } from '../kernel/zone.ts'
import type { Book } from '../pricebook/book.service.ts'
import { asksForCampaigns } from '../query/evaluated.ts'
import { type CustomerPredicate, toPredicate } from '../query/predicate.ts'
import { resolveQuery } from '../query/resolve.ts'
import { type FunctionAnswer, functionClauses } from '../query/sql.ts'
import { askingOf } from '../segments/customer-query.service.ts'

/** A book's audiences as they are meant on one day of the shop's: `today` and all that is counted from it stand still. */
export type Audiences = {
  readonly from: Instant
  readonly until: Instant
  readonly predicates: ReadonlyMap<string, CustomerPredicate>
  /** What the database must be asked of a customer before the predicates can be. */
  readonly functions: readonly FunctionAnswer[]
  /** Whether it matters in which campaigns somebody takes part. */
  readonly asksForCampaigns: boolean
}

const KEPT = new WeakMap<Book, Audiences>()

/** Compiled once a book and day. */
export function audiencesAt(book: Book, at: Instant): Audiences {
  const kept = KEPT.get(book)
  if (kept && kept.from <= at && at < kept.until) return kept
  const audiences = compile(book, at)
  KEPT.set(book, audiences)
  return audiences
}

function compile(book: Book, at: Instant): Audiences {
  const { timeZone } = book.shop
  const { day } = localTime(at, timeZone)
  const asking = askingOf(book.shop, at)
  const resolved = [...book.audiences].map(([text, query]) => [text, resolveQuery(query, asking)] as const)
  const functions = new Map(resolved.flatMap(([, query]) => functionClauses(query)).map((answer) => [answer.key, answer]))
  return {
    from: startOfDay(day, timeZone),
    until: startOfDay(addToDay(day, 1, 'days'), timeZone),
    predicates: new Map(resolved.map(([text, query]) => [text, toPredicate(query)])),
    functions: [...functions.values()],
    asksForCampaigns: [...book.audiences.values()].some(asksForCampaigns),
  }
}
