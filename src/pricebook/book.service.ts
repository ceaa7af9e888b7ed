import { LRUCache } from 'lru-cache'
import { buildBook, type PriceBook } from '../pricing/book.ts'
import type { Ladder, Offer } from '../pricing/rule.ts'
import { parseQuery } from '../query/parse.ts'
import type { Segments } from '../query/segment.ts'
import type { CustomerQuery } from '../query/tree.ts'
import { shopSegments } from '../segments/segment.service.ts'
import { slot } from '../shell/memory.ts'
import type { World } from '../shell/world.ts'
import type { Shop } from '../shops/shop.model.ts'
import { bookVersion, currentBookVersion, currentShop, holdBookAsItIs } from '../shops/shop.service.ts'
import type { Tier } from '../tiers/tier.model.ts'
import { currentTiers } from '../tiers/tier.service.ts'
import type { Terms } from './rule.model.ts'
import { readBookRules } from './rule.store.ts'

/** All live rules of a shop, compiled, with what they follow from. Immutable; a change makes another. */
export type Book = {
  readonly version: number
  readonly shop: Shop
  readonly tiers: readonly Tier[]
  readonly prices: PriceBook
  /** The segments that audiences may name. */
  readonly segments: Segments
  /** Every audience that a rule names, parsed. */
  readonly audiences: ReadonlyMap<string, CustomerQuery>
  readonly rules: readonly Terms[]
  /** The codes of offers whose uses or takings in all are limited; and of those that are limited by customer. */
  readonly limited: readonly string[]
  readonly limitedByCustomer: readonly string[]
}

/** `made`: the book, once it is; whoever holds a transaction must not wait for one that somebody else is making. */
type Kept = { readonly version: number; readonly book: Promise<Book>; made: Book | null }
const BOOKS = slot(() => new LRUCache<number, Kept>({ max: 1_000 }))

/** The shop's book by the newest rules this process knows: at most a second old, and its own changes at once. */
export async function readBook(world: World): Promise<Book> {
  const books = world.memory.of(BOOKS)
  const version = await bookVersion(world)
  const kept = books.get(world.shopId)
  if (kept?.version === version) return kept.book
  const making: Kept = { version, book: compile(world), made: null }
  books.set(world.shopId, making)
  making.book.then(
    (made) => {
      making.made = made
    },
    () => books.delete(world.shopId),
  )
  return making.book
}

/**
 * The book that is in force in the database, until the transaction ends. What is in memory serves only if it is of the
 * version that is held there: every change of what a book is made from gives another.
 */
export async function bookInForce(world: World): Promise<Book> {
  const version = await holdBookAsItIs(world)
  const books = world.memory.of(BOOKS)
  const kept = books.get(world.shopId)?.made
  if (kept?.version === version) return kept
  const made = await compile(world)
  books.set(world.shopId, { version, book: Promise.resolve(made), made })
  return made
}

/** The book as if drafts were published: for previews, kept nowhere. */
export async function bookWith(world: World, drafts: readonly Terms[]): Promise<Book> {
  const book = await readBook(world)
  const replaced = new Set(drafts.map((draft) => draft.code))
  return assemble({ ...book, terms: [...book.rules.filter((rule) => !replaced.has(rule.code)), ...drafts] })
}

async function compile(world: World): Promise<Book> {
  for (;;) {
    const { version, terms } = await readBookRules(world)
    const parts = { version, terms, shop: await currentShop(world), tiers: await currentTiers(world), segments: await shopSegments(world) }
    // Read one after another: what was changed meanwhile may not fit together, and is read again.
    if ((await currentBookVersion(world)) === version) return assemble(parts)
  }
}

type Parts = Pick<Book, 'version' | 'shop' | 'tiers' | 'segments'> & { readonly terms: readonly Terms[] }

function assemble({ version, shop, tiers, segments, terms: rules }: Parts): Book {
  const audiences = new Map<string, CustomerQuery>()
  for (const { audience } of rules) if (audience !== null && !audiences.has(audience)) audiences.set(audience, parsed(audience, segments))
  const offers = rules.filter((rule): rule is Offer => rule.kind === 'OFFER')
  const prices = buildBook({
    version,
    timeZone: shop.timeZone,
    rounding: shop.rounding,
    maxDiscountBp: shop.maxDiscountBp,
    tiers,
    ladders: rules.filter((rule): rule is Ladder => rule.kind === 'LADDER'),
    offers,
  })
  const limited = offers.filter(({ totalLimit, budget }) => totalLimit !== null || budget !== null)
  const byCustomer = offers.filter(({ perCustomerLimit, product }) => (perCustomerLimit ?? product?.maxUnitsPerCustomer ?? null) !== null)
  return {
    version,
    shop,
    tiers,
    segments,
    prices,
    audiences,
    rules,
    limited: limited.map(({ code }) => code),
    limitedByCustomer: byCustomer.map(({ code }) => code),
  }
}

/** Audiences are checked when a rule is saved; one that no longer parses is a fault of ours. */
function parsed(audience: string, segments: Segments): CustomerQuery {
  const result = parseQuery(audience, { segments })
  if (!result.ok) throw new Error(`an audience in force does not parse: ${audience}`)
  return result.value
}
