import { DAY_MS, type Instant, instant } from '../kernel/clock.ts'
import { usageOfRules } from '../offers/usage.service.ts'
import { audienceOf } from '../pricebook/audience.model.ts'
import { type Book, bookAt, bookOf, bookWith } from '../pricebook/book.service.ts'
import { waitingUntil } from '../pricebook/publication.service.ts'
import type { Rule, Terms } from '../pricebook/rule.model.ts'
import { warningsOfTerms } from '../pricebook/rule.service.ts'
import type { PriceBook } from '../pricing/book.ts'
import { BOUNDS } from '../pricing/bounds.ts'
import { conditionOf } from '../segments/customer-query.service.ts'
import { understand } from '../segments/segment.service.ts'
import type { World } from '../shell/world.ts'
import { casesOf } from './cases.rules.ts'
import { bestSellers, countScope, pricesSince, sampleScope } from './catalogue.store.ts'
import { bounded, toWarnings } from './examples.rules.ts'
import type { PastPrice } from './history.model.ts'
import { pastMoments, withComing } from './history.rules.ts'
import { inflatedLists } from './inflated-list.rules.ts'
import { narrowSteps } from './narrow-steps.rules.ts'
import { neverApplies } from './never-applies.rules.ts'
import { overlaps } from './overlap.rules.ts'
import { rulesInForceSince } from './past-rules.store.ts'
import { holdsAnybody, tiersWithPeople } from './people.store.ts'
import { type PastBook, priceJumps, priorPrices } from './price-jump.rules.ts'
import { priceForRoles } from './role-prices.rules.ts'
import { belowCost, regularsPayMore } from './role-warnings.rules.ts'
import { rolesIn } from './roles.service.ts'
import { firstRun } from './running.rules.ts'
import { type Finding, finding, type Reached, type Role, type Warning } from './warning.model.ts'
import { inNumber } from './words.rules.ts'

/** Products are looked at for so many rules at once, so many of them in all, and at most and at least so many a rule. */
const RULES = 25
const PRODUCTS = { inAll: 2_000, most: 200, least: 20 } as const
const SALES_DAYS = 90

/** What all rules of one call are looked at with, read once. */
type Lookout = {
  /** At the instant that they are looked at for. */
  readonly world: World
  readonly book: Book
  readonly roles: readonly Role[]
  readonly emptyTiers: ReadonlySet<string>
  readonly past: readonly PastBook[]
  readonly since: Instant
  readonly sellers: { readonly skus: string[]; readonly units: string[] }
}

/**
 * What staff should look at in drafts, each of which is there: as if they were in force, in the order of their codes. At an
 * instant ahead, with what is set to be in force by then; what is sold, and who is a customer, is as it is now.
 */
export async function warningsOf(world: World, rules: readonly Rule[], at: Instant = world.now): Promise<Warning[]> {
  const drafts = rules.flatMap(({ id, draft }) => (draft === null ? [] : [{ id, terms: draft.terms }]))
  if (drafts.length === 0) return []
  const book = await bookWith(
    world,
    drafts.map(({ terms }) => terms),
    at > world.now ? await bookAt(world, at) : undefined,
  )
  const usage = await usageOfRules(
    world,
    drafts.map(({ id }) => id),
  )
  const lookout = await lookOut(
    world,
    book,
    drafts.slice(0, RULES).map(({ terms }) => terms),
    at,
  )
  const most = Math.max(PRODUCTS.least, Math.min(PRODUCTS.most, Math.floor(PRODUCTS.inAll / drafts.length)))
  const warnings: Warning[] = []
  for (const [i, { terms }] of drafts.entries()) {
    const found = i < RULES ? await look(lookout, terms, usage[i] ?? null, most) : [...onTerms(terms, at), notLookedAt(drafts.length)]
    warnings.push(...toWarnings(terms, found))
  }
  return bounded(warnings)
}

const notLookedAt = (rules: number): Finding =>
  finding(
    'NOT_LOOKED_AT',
    `Of ${inNumber(rules)} rules at once only the first ${RULES} are held against products and people: ask for this one alone.`,
  )

const onTerms = (terms: Terms, now: Instant): Finding[] =>
  warningsOfTerms(terms, now).map(({ kind, message }) => finding(kind as Finding['kind'], message))

async function lookOut(today: World, book: Book, drafts: readonly Terms[], at: Instant): Promise<Lookout> {
  const { shop } = book
  const world = { ...today, now: at }
  const since = instant(world.now - shop.priorPriceDays * DAY_MS)
  const pastRules = withComing(await rulesInForceSince(world, since), at > today.now ? await waitingUntil(today, at) : [])
  const moments = pastMoments(pastRules, { from: since, now: world.now }, shop.timeZone)
  const books = new Map<readonly Terms[], PriceBook>()
  for (const { rules } of moments) if (!books.has(rules)) books.set(rules, bookOf(book, rules).prices)
  const everyRule = [...book.rules, ...pastRules.map(({ terms }) => terms)]
  return {
    world,
    book,
    roles: await rolesIn(world, book, everyRule),
    emptyTiers: await emptyTiersIn(world, book, drafts),
    past: moments.flatMap(({ at, rules }) => {
      const prices = books.get(rules)
      return prices === undefined ? [] : [{ at, book: prices }]
    }),
    since,
    sellers: await bestSellers(world, instant(today.now - SALES_DAYS * DAY_MS)),
  }
}

/** Tiers in which nobody is, nor in any above: a rung of theirs is had by nobody. */
async function emptyTiersIn(world: World, book: Book, drafts: readonly Terms[]): Promise<ReadonlySet<string>> {
  if (!drafts.some((terms) => terms.kind === 'LADDER' || terms.order?.form === 'THRESHOLD')) return new Set()
  const held = await tiersWithPeople(
    world,
    book.tiers.map(({ code }) => code),
  )
  const highest = Math.max(...book.tiers.filter(({ code }) => held.has(code)).map(({ rank }) => rank))
  return new Set(book.tiers.filter(({ rank }) => rank > highest).map(({ code }) => code))
}

async function look(lookout: Lookout, terms: Terms, usage: { uses: number; taken: number } | null, most: number): Promise<Finding[]> {
  const { world, book, emptyTiers } = lookout
  const { shop, prices } = book
  const byTerms = onTerms(terms, world.now)
  if (byTerms.some(({ kind }) => kind === 'NEVER_APPLIES')) return byTerms
  const at = firstRun(terms, shop.timeZone, world.now)
  const scope = terms.kind === 'OFFER' && terms.order?.form === 'BUNDLE' ? { skus: terms.order.items.map(({ sku }) => sku) } : terms.scope
  const inScope = await countScope(world, scope)
  const dead = neverApplies(terms, {
    rankOf: prices.rankOf,
    currency: shop.currency,
    runs: at !== null,
    // A shop may price what its catalogue has not, and a rule for everything reaches that too.
    inScope: terms.scope === null ? null : inScope,
    audienceHoldsSomebody: await holdsSomebody(world, terms),
    emptyTiers,
    usage,
  })
  if (at === null) return [...byTerms, ...dead]
  // Of a set all items are looked at: it has no price without one of them.
  const sample = scope === terms.scope ? most : BOUNDS.itemsPerBundle
  const reached = { count: inScope.count, products: await sampleScope(world, scope, at, lookout.sellers, sample) }
  const overlapping = overlaps({ terms, reached }, book.rules, prices.rankOf, at)
  return [...byTerms, ...dead, ...overlapping, ...(await lookAtPrices(lookout, terms, reached, at))]
}

/** What was not found out is not warned of. */
async function holdsSomebody(world: World, terms: Terms): Promise<boolean> {
  const query = await understand(world, terms.audience, ['audience'])
  if (!query.ok || query.value === null) return true
  return (await holdsAnybody(world, await conditionOf(world, query.value), terms.kind === 'OFFER' && terms.firstOrderOnly)) ?? true
}

async function lookAtPrices({ world, book, roles, past, since }: Lookout, terms: Terms, reached: Reached, at: Instant): Promise<Finding[]> {
  const { shop, prices } = book
  const { currency, priorPriceDays: days, maxPriceJumpBp: maxJumpBp } = shop
  const history = await pricesSince(
    world,
    reached.products.map(({ facts }) => facts.sku),
    since,
  )
  const pricesOf = (sku: string): readonly PastPrice[] => history.get(sku) ?? []
  const cases = casesOf(terms, reached).map((of) => ({ of, prices: priceForRoles(prices, terms, roles, of, at) }))
  const found = [
    ...(terms.kind === 'LADDER' ? narrowSteps(terms, prices, reached.products, shop.minTierStepBp) : []),
    ...regularsPayMore(cases, isForNewcomers(terms), currency),
    ...belowCost(cases, await giftCosts(world, terms, at), currency),
    ...priceJumps(terms, cases, (role, line) => priorPrices(past, pricesOf(line.sku), role, line), { maxJumpBp, days, currency }),
    ...inflatedLists(reached.products, pricesOf, { from: since, now: world.now, days, currency }),
  ]
  return found.map((one) => (one.sku === null ? one : { ...one, message: one.message + amongWhich(reached) }))
}

const isForNewcomers = (terms: Terms): boolean => terms.kind === 'OFFER' && (terms.firstOrderOnly || audienceOf(terms) !== null)

/** What one of each of a rule's gifts costs the shop, as far as that is known. */
async function giftCosts(world: World, terms: Terms, at: Instant): Promise<ReadonlyMap<string, number>> {
  if (terms.kind === 'LADDER' || terms.order?.form !== 'THRESHOLD') return new Map()
  const skus = terms.order.steps.flatMap(({ gifts }) => gifts.map(({ sku }) => sku))
  if (skus.length === 0) return new Map()
  const products = await sampleScope(world, { skus }, at, { skus: [], units: [] }, skus.length)
  return new Map(products.map(({ facts, costPrice }) => [facts.sku, costPrice ?? 0]))
}

const amongWhich = ({ count, products }: Reached): string =>
  count > products.length ? ` (Looked at: the ${inNumber(products.length)} best-selling of the ${inNumber(count)} products in scope.)` : ''
