import { randomBytes } from 'node:crypto'
import { trace } from '../audit/audit.service.ts'
import type { CustomerRef } from '../customers/customer.model.ts'
import { holdCustomerIds, shareCustomers, unknownCustomer } from '../customers/customer.service.ts'
import { CUSTOMERS } from '../customers/customer.topic.ts'
import type { Instant } from '../kernel/clock.ts'
import { type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { findOffer } from '../offers/offer.service.ts'
import type { CouponTerms } from '../pricing/rule.ts'
import { readQuery } from '../segments/customer-query.model.ts'
import { whoMatches } from '../segments/customer-query.service.ts'
import { newId } from '../shell/ids.ts'
import { changed } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import { holdBookAsItIs } from '../shops/shop.service.ts'
import { makeCodes } from './code.rules.ts'
import { eachFault, goodUntil, issuable } from './coupon.rules.ts'
import { type Issue, insertCoupons } from './coupon.store.ts'

/** For whom: everybody whom a query holds now, or named customers. */
export type IssueTo = { readonly query: string } | { readonly customers: readonly CustomerRef[] }
export type WantedIssue = {
  readonly offerCode: string
  readonly to: IssueTo
  /** So many for each. */
  readonly each: number
  /** Null: as the offer's terms say. */
  readonly validUntil: Instant | null
}

const MOST_CUSTOMERS = 500
const MOST_COUPONS = 1_000_000
const AT_ONCE = 10_000

/** Gives customers coupons of an offer, all of them or none. How many were given is the answer. */
export function issueCoupons(world: World, { offerCode, to, each, validUntil }: WantedIssue): Promise<Result<number, Problem>> {
  return transact(world, async (tx) => {
    const fault = eachFault(each)
    if (fault !== null) return refuse(fault)
    const who = await ownersOf(tx, to)
    if (!who.ok) return who
    // What codes rules have stands still while the book is held: a coupon's must be none of theirs.
    const offer = await offerInForce(tx, offerCode, validUntil)
    if (!offer.ok) return offer
    const { ruleId, terms } = offer.value
    const issue = { ruleId, batchId: null, claimed: false, issuedAt: tx.now, validUntil: goodUntil(terms, tx.now, validUntil) }
    const owners: string[] = []
    let issued = 0
    for await (const ids of who.value) {
      const some = ids.flatMap((id) => Array.from({ length: each }, () => id))
      issued += some.length
      if (issued > MOST_COUPONS)
        return refuse(
          problem('TOO_MANY_ITEMS', `At most ${MOST_COUPONS.toLocaleString('en')} coupons at once: narrow the query.`, [
            'query' in to ? 'query' : 'customers',
          ]),
        )
      await makeCoupons(tx, issue, some)
      if (owners.length <= FEW) owners.push(...ids)
    }
    await trace(tx, { action: 'issueCoupons', target: `offer/${offerCode}`, after: { ...traced(to), each, validUntil, issued } })
    changed(tx, CUSTOMERS, owners.length > FEW ? 'ALL' : owners)
    return accept(issued)
  })
}

/** From so many on, dropping all that is remembered of customers is less than dropping one after another. */
const FEW = 1_000

const traced = (to: IssueTo) => ('query' in to ? { query: to.query } : { customers: to.customers.length })

/** Whom it is for, in pieces, held so that nobody merges them away. */
async function ownersOf(world: World, to: IssueTo): Promise<Result<AsyncIterable<readonly string[]>, Problem>> {
  if ('query' in to) {
    const query = readQuery(to.query, ['query'])
    if (!query.ok) return query
    return accept(held(world, whoMatches(world, query.value, AT_ONCE)))
  }
  const { customers } = to
  if (customers.length > MOST_CUSTOMERS)
    return refuse(problem('TOO_MANY_ITEMS', `At most ${MOST_CUSTOMERS} customers a call; these are ${customers.length}.`, ['customers']))
  const ids = await holdCustomerIds(world, customers)
  for (const [i, ref] of customers.entries()) if (!ids[i]) return refuse(within(unknownCustomer(ref), 'customers', i))
  return accept(once([...new Set(ids.filter((id) => id !== null))]))
}

async function* held(world: World, pages: AsyncIterable<readonly string[]>): AsyncGenerator<readonly string[]> {
  for await (const ids of pages) yield await shareCustomers(world, ids)
}

async function* once(ids: readonly string[]): AsyncGenerator<readonly string[]> {
  yield ids
}

/** An offer whose coupons can be given now, with the book held as it is. */
export async function offerInForce(
  world: World,
  code: string,
  validUntil: Instant | null,
): Promise<Result<{ readonly ruleId: string; readonly terms: CouponTerms }, Problem>> {
  await holdBookAsItIs(world)
  const found = await findOffer(world, code)
  const offer = issuable(found, code, world.now, validUntil)
  return offer.ok && found !== null
    ? accept({ ruleId: found.id, terms: offer.value.coupons })
    : (offer as Extract<typeof offer, { ok: false }>)
}

/** Makes a coupon for each of these owners (null: nobody yet), in their order. Who calls it holds the book. */
export async function makeCoupons(world: World, issue: Issue, owners: readonly (string | null)[]): Promise<string[]> {
  const wanted = owners.map((customerId) => ({ id: newId(), customerId }))
  for (let from = 0; from < wanted.length; from += AT_ONCE)
    for (let left = wanted.slice(from, from + AT_ONCE); left.length > 0; ) {
      const codes = makeCodes(left.length, randomBytes)
      const made = await insertCoupons(
        world,
        issue,
        left.map((coupon, i) => ({ ...coupon, code: codes[i] ?? '' })),
      )
      // Of a million coupons one in 10^11 has a code that is taken: that one is drawn again.
      left = left.filter(({ id }) => !made.has(id))
    }
  return wanted.map(({ id }) => id)
}
