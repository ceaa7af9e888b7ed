import { audienceOf } from '../pricebook/audience.model.ts'
import type { Book } from '../pricebook/book.service.ts'
import { bookOf } from '../pricebook/book.service.ts'
import type { Terms } from '../pricebook/rule.model.ts'
import type { Shopper } from '../pricing/shopper.ts'
import { parseQuery } from '../query/parse.ts'
import { ANY_SEGMENT } from '../query/segment.ts'
import type { World } from '../shell/world.ts'
import { imaginedShopper, shoppersAt } from '../shoppers/shopper.service.ts'
import { newcomerFacts, regularFacts } from './people.rules.ts'
import { typicalCustomers } from './people.store.ts'
import type { Role } from './warning.model.ts'

/**
 * The typical people whose prices are compared: nobody, a customer without orders, and of each tier the returning customer
 * with the median amount spent; where a tier has none, one is imagined. A shop without tiers has one returning customer.
 * `rules`: all those that they will be priced by.
 */
export async function rolesIn(world: World, book: Book, rules: readonly Terms[]): Promise<Role[]> {
  const asked = audienceBook(book, rules)
  const typical = await typicalCustomers(world)
  const known = await shoppersAt(
    world,
    asked,
    typical.map(({ id }) => id),
    world.now,
  )
  const ofTier = (tierCode: string | null): Shopper => {
    const id = typical.find((customer) => customer.tierCode === tierCode)?.id
    const real = id === undefined ? undefined : known.get(id)?.pricing
    return withoutUses(real ?? imaginedShopper(asked, regularFacts(tierCode, world.now), world.now))
  }
  const codes = book.tiers.length === 0 ? [null] : book.tiers.map(({ code }) => code)
  return [
    { isNewcomer: true, tierCode: null, shopper: null },
    { isNewcomer: true, tierCode: null, shopper: imaginedShopper(asked, newcomerFacts(world.now), world.now) },
    ...codes.map((tierCode) => ({ isNewcomer: false, tierCode, shopper: ofTier(tierCode) })),
  ]
}

/** What one customer happens to have used up already says nothing of the others. */
const withoutUses = (shopper: Shopper): Shopper => ({ ...shopper, usage: new Map() })

/** A book that knows the audiences of all these rules, several versions of one rule too. Not for pricing. */
export function audienceBook(book: Book, rules: readonly Terms[]): Book {
  const texts = new Set(rules.flatMap((rule) => audienceOf(rule) ?? []))
  const audiences = [...texts].flatMap((text) => {
    const known = parseQuery(text, { segments: book.segments })
    // A version of the past may name a segment that is gone: it holds nobody.
    const query = known.ok ? known : parseQuery(text, { segments: ANY_SEGMENT })
    return query.ok ? [[text, query.value] as const] : []
  })
  return { ...bookOf(book, []), audiences: new Map(audiences) }
}
