import { CUSTOMERS } from '../customers/customer.topic.ts'
import type { Instant } from '../kernel/clock.ts'
import type { EndedBy } from '../offers/usage.model.ts'
import { customerUsageOf } from '../offers/usage.service.ts'
import type { Book } from '../pricebook/book.service.ts'
import type { Shopper } from '../pricing/shopper.ts'
import type { CustomerFacts } from '../query/facts.ts'
import { Fresh } from '../shell/fresh.ts'
import { slot } from '../shell/memory.ts'
import { keyIn, remember } from '../shell/topic.ts'
import type { World } from '../shell/world.ts'
import { type Audiences, audiencesAt } from './audiences.ts'
import { readFacts } from './facts.store.ts'
import type { KnownShopper } from './shopper.model.ts'
import { toPricingShopper } from './shopper.rules.ts'

const NOTHING_USED: KnownShopper['pricing']['usage'] = new Map()

type Kept = { readonly shopper: KnownShopper; readonly audiences: Audiences }
const SHOPPERS = slot((memory) => remember(memory, CUSTOMERS, new Fresh<Kept>(50_000)))

/** Customers as shoppers of a book, in the order of their ids; null for an id that is nobody's. At most a second old. */
export async function readShoppers(world: World, book: Book, ids: readonly string[]): Promise<(KnownShopper | null)[]> {
  const audiences = audiencesAt(book, world.now)
  const shoppers = world.memory.of(SHOPPERS)
  const keys = ids.map((id) => keyIn(world.shopId, id))
  // Facts hold the answers to one book's audiences on one day: with another book or day they are read again.
  const stale = keys.filter((key) => (shoppers.peek(key)?.audiences ?? audiences) !== audiences)
  if (stale.length > 0) shoppers.drop(stale)
  const kept = await shoppers.getMany(keys, async (missing) => {
    const asked = missing.map((key) => key.slice(key.indexOf('/') + 1))
    const found = await factsAsShoppers(world, book, audiences, asked, world.now, null)
    return asked.map((id) => {
      const shopper = found.get(id)
      return shopper ? { shopper, audiences } : null
    })
  })
  return kept.map((entry) => entry?.shopper ?? null)
}

/** A customer as a shopper at any instant and under any book, holds that are over by then left out: read for this once and kept nowhere. */
export async function shopperAt(world: World, book: Book, id: string, at: Instant): Promise<KnownShopper | null> {
  return (await shoppersAt(world, book, [id], at)).get(id) ?? null
}

/** The same of many, by their ids. */
export const shoppersAt = (world: World, book: Book, ids: readonly string[], at: Instant): Promise<ReadonlyMap<string, KnownShopper>> =>
  factsAsShoppers(world, book, audiencesAt(book, at), ids, at, at)

/** Somebody who is not there, as facts would have them; what only history tells of a customer holds for them not. */
export function imaginedShopper(book: Book, facts: Omit<CustomerFacts, 'functions'>, at: Instant): Shopper {
  const { predicates, functions } = audiencesAt(book, at)
  return toPricingShopper({ ...facts, functions: new Map(functions.map(({ key }) => [key, false])) }, predicates, NOTHING_USED)
}

async function factsAsShoppers(
  world: World,
  book: Book,
  audiences: Audiences,
  ids: readonly string[],
  at: Instant,
  endedBy: EndedBy,
): Promise<ReadonlyMap<string, KnownShopper>> {
  const known = await readFacts(world, ids, audiences, at)
  const usage = await customerUsageOf(world, book, ids, endedBy)
  return new Map(
    known.map((row) => [row.id, { ...row, pricing: toPricingShopper(row.facts, audiences.predicates, usage.get(row.id) ?? NOTHING_USED) }]),
  )
}
