import { LRUCache } from 'lru-cache'
import type { Instant } from '../kernel/clock.ts'
import { buildBook, type PriceBook } from '../pricing/book.ts'
import type { Ladder, Offer } from '../pricing/rule.ts'
import { parseQuery } from '../query/parse.ts'
import type { Segments } from '../query/segment.ts'
import type { CustomerQuery } from '../query/tree.ts'
import { segmentsOfVersion, shopSegments } from '../segments/segment.service.ts'
import { slot } from '../shell/memory.ts'
import { keyIn } from '../shell/topic.ts'
import type { World } from '../shell/world.ts'
import type { BookEdition, Shop } from '../shops/shop.model.ts'
import { bookEdition, currentEdition, currentShop, forgetEdition, holdBookAsItIs, pastEdition, versionAt } from '../shops/shop.service.ts'
import type { Tier } from '../tiers/tier.model.ts'
import { currentTiers } from '../tiers/tier.service.ts'
import { audienceOf } from './audience.model.ts'
import { settleDue, termsWaitingUntil } from './publication.service.ts'
import type { Terms } from './rule.model.ts'
import { readBookRules, readRulesOfVersion } from './rule.store.ts'

/** All live rules of a shop, compiled, with what they follow from. Immutable; a change makes another. */
export type Book = {
  readonly version: number
  /** The instant that was set for it to come into force; null: it came there and then. */
  readonly scheduledFor: Instant | null
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

/**
 * The shop's book by the newest rules this process knows: at most a second old, and its own changes at once. What was set
 * for an instant is in force from that instant on and not before, whoever comes upon it first.
 */
export async function readBook(world: World): Promise<Book> {
  const book = await newestBook(world, (await settledEdition(world)).version)
  return book.scheduledFor !== null && world.now < book.scheduledFor ? bookAt(world, world.now) : book
}

async function settledEdition(world: World): Promise<BookEdition> {
  let edition = await bookEdition(world)
  // Whether it is due the database's clock decides: where that one is behind, the old book is still in force. Twice, since who
  // waits for another's settling may have come for what was due a moment later.
  for (let tries = 0; tries < 2 && edition.until !== null && edition.until <= world.now; tries++) {
    await settleOnce(world)
    edition = await bookEdition(world)
  }
  return edition
}

/** One request of a process settles what is due, the others wait for it. */
const SETTLING = slot(() => new Map<number, Promise<void>>())

function settleOnce(world: World): Promise<void> {
  const settling = world.memory.of(SETTLING)
  const underWay = settling.get(world.shopId)
  if (underWay !== undefined && !world.em.isInTransaction()) return underWay
  // Another server may have settled it: what is remembered of the version is over in any case.
  const begun = settleDue(world)
    .then(() => forgetEdition(world))
    .finally(() => settling.delete(world.shopId))
  settling.set(world.shopId, begun)
  return begun
}

async function newestBook(world: World, version: number): Promise<Book> {
  const books = world.memory.of(BOOKS)
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

/** A book, and the first instant at which it is not in force any more; null: no end is set. */
export type BookInForce = { readonly book: Book; readonly until: Instant | null }

/**
 * The book that is in force in the database, until the transaction ends. What is in memory serves only if it is of the
 * version that is held there: every change of what a book is made from gives another. Who prices at `until` or later
 * settles what is due (settleDue), outside this transaction, and begins again.
 */
export async function bookInForce(world: World): Promise<BookInForce> {
  const { version, until } = await holdBookAsItIs(world)
  const books = world.memory.of(BOOKS)
  const kept = books.get(world.shopId)?.made
  if (kept?.version === version) return { book: kept, until }
  const made = await compile(world)
  books.set(world.shopId, { version, book: Promise.resolve(made), made })
  return { book: made, until }
}

const PAST = slot(() => new LRUCache<string, Promise<Book | null>>({ max: 100 }))

/**
 * The book at an instant: what was in force then; in the future what is, with what is set to go into force by then. Before
 * the history of the book begins nothing was given, and the answer is what today's rules would have given.
 */
export async function bookAt(world: World, at: Instant): Promise<Book> {
  if (at > world.now) return bookWith(world, await termsWaitingUntil(world, at))
  const edition = await settledEdition(world)
  const version = await versionAt(world, at)
  const past = version === null || version === edition.version ? null : await bookOfVersion(world, version)
  return past ?? newestBook(world, edition.version)
}

/** Whether the book of an instant in the past is kept. */
export const isKept = async (world: World, at: Instant): Promise<boolean> => at <= world.now && (await versionAt(world, at)) !== null

/** A version of the book as it was; null when it is not kept. It stays what it is, so it is remembered. */
export async function bookOfVersion(world: World, version: number): Promise<Book | null> {
  const past = world.memory.of(PAST)
  const key = keyIn(world.shopId, String(version))
  const kept = past.get(key) ?? compilePast(world, version)
  past.set(key, kept)
  const book = await kept.catch((error: unknown) => {
    past.delete(key)
    throw error
  })
  if (book === null) past.delete(key)
  return book
}

async function compilePast(world: World, version: number): Promise<Book | null> {
  const edition = await pastEdition(world, version)
  if (edition === null) return null
  const shop = { ...(await currentShop(world)), ...edition.settings }
  const tiers = edition.tiers.map((tier) => ({ ...NO_WAY_IN, ...tier, id: tier.id as Tier['id'] }))
  const segments = await segmentsOfVersion(world, version)
  return assemble({ version, scheduledFor: null, shop, tiers, segments }, await readRulesOfVersion(world, version))
}

/** Prices do not follow from how customers come into a tier, so that is not kept. */
const NO_WAY_IN = { qualification: null, retention: null, graceDays: 0 } as const

/** A book (the newest, unless another is given) as if drafts were published: for previews, kept nowhere. */
export async function bookWith(world: World, drafts: readonly Terms[], given?: Book): Promise<Book> {
  const book = given ?? (await readBook(world))
  if (drafts.length === 0) return book
  const replaced = new Set(drafts.map((draft) => draft.code))
  return assemble(book, [...book.rules.filter((rule) => !replaced.has(rule.code)), ...drafts])
}

/** A book of other rules in the same shop, for what might be or has been: kept nowhere. */
export const bookOf = (book: Book, rules: readonly Terms[]): Book => assemble(book, rules)

async function compile(world: World): Promise<Book> {
  for (;;) {
    const { terms, ...edition } = await readBookRules(world)
    const parts = { shop: await currentShop(world), tiers: await currentTiers(world), segments: await shopSegments(world) }
    // Read one after another: what was changed meanwhile may not fit together, and is read again.
    if ((await currentEdition(world))?.version === edition.version) return assemble({ ...edition, ...parts }, terms)
  }
}

type Frame = Pick<Book, 'version' | 'scheduledFor' | 'shop' | 'tiers' | 'segments'>

function assemble({ version, scheduledFor, shop, tiers, segments }: Frame, rules: readonly Terms[]): Book {
  const audiences = new Map<string, CustomerQuery>()
  for (const rule of rules) {
    const audience = audienceOf(rule)
    if (audience !== null && !audiences.has(audience)) audiences.set(audience, parsed(audience, segments))
  }
  const offers = rules.filter((rule): rule is Offer => rule.kind === 'OFFER')
  const prices = buildBook({
    version,
    timeZone: shop.timeZone,
    rounding: shop.rounding,
    maxDiscountBp: shop.maxDiscountBp,
    tiers,
    ladders: rules.filter((rule): rule is Ladder => rule.kind === 'LADDER'),
    // The engine knows of audiences and not of campaigns.
    offers: offers.map((offer) => (offer.campaign == null ? offer : { ...offer, audience: audienceOf(offer) })),
  })
  const limited = offers.filter(({ totalLimit, budget }) => totalLimit !== null || budget !== null)
  const byCustomer = offers.filter(({ perCustomerLimit, product }) => (perCustomerLimit ?? product?.maxUnitsPerCustomer ?? null) !== null)
  return {
    version,
    scheduledFor,
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
