import { randomBytes } from 'node:crypto'
import { trace } from '../audit/audit.service.ts'
import type { CustomerRef } from '../customers/customer.model.ts'
import { holdCustomerIds, unknownCustomer } from '../customers/customer.service.ts'
import { CUSTOMERS } from '../customers/customer.topic.ts'
import type { Instant } from '../kernel/clock.ts'
import { type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { findOffer } from '../offers/offer.service.ts'
import { countCustomers, whoMatches } from '../segments/customer-query.service.ts'
import { understand } from '../segments/segment.service.ts'
import { newId } from '../shell/ids.ts'
import { changed } from '../shell/topic.ts'
import { transact, type World } from '../shell/world.ts'
import { holdBookAsItIs } from '../shops/shop.service.ts'
import { makeCodes } from './code.rules.ts'
import { eachFault, goodUntil, type IssuableOffer, issuable } from './coupon.rules.ts'
import { type Issue, insertCoupons, shareOwners } from './coupon.store.ts'

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
    if (who.value.count * each > MOST_COUPONS) return refuse(tooMany('query' in to ? 'query' : 'customers'))
    const offer = await offerInForce(tx, offerCode, validUntil)
    if (!offer.ok) return offer
    const { ruleId, code, terms } = offer.value
    const issue = { ruleId, batchId: null, claimed: false, issuedAt: tx.now, validUntil: goodUntil(terms, tx.now, validUntil) }
    let issued = 0
    for await (const ids of who.value.pages) {
      const owners = ids.flatMap((id) => Array.from({ length: each }, () => id))
      await makeCoupons(tx, issue, owners)
      // Dropping all that is remembered of customers is less than dropping so many one after another.
      changed(tx, CUSTOMERS, ids.length > FEW ? 'ALL' : ids)
      issued += owners.length
    }
    await trace(tx, { action: 'issueCoupons', target: `offer/${code}`, after: { ...traced(to), each, validUntil, issued } })
    return accept(issued)
  })
}

const FEW = 1_000
const tooMany = (field: string) =>
  problem('TOO_MANY_ITEMS', `At most ${MOST_COUPONS.toLocaleString('en')} coupons at once: give them to fewer customers.`, [field])
const traced = (to: IssueTo) => ('query' in to ? { query: to.query } : { customers: to.customers.length })

type Owners = { readonly count: number; readonly pages: AsyncIterable<readonly string[]> }

/**
 * Whom it is for, in pieces. Nobody merges them away meanwhile: those who are named are held; where a query names them, they
 * may be too many to keep every order of theirs waiting, so merges wait instead.
 */
async function ownersOf(world: World, to: IssueTo): Promise<Result<Owners, Problem>> {
  return 'query' in to ? ownersInQuery(world, to.query) : ownersNamed(world, to.customers)
}

async function ownersInQuery(world: World, text: string): Promise<Result<Owners, Problem>> {
  const query = await understand(world, text, ['query'])
  if (!query.ok) return query
  await shareOwners(world)
  const count = await countCustomers(world, text)
  return count.ok ? accept({ count: count.value, pages: whoMatches(world, query.value, AT_ONCE) }) : count
}

async function ownersNamed(world: World, refs: readonly CustomerRef[]): Promise<Result<Owners, Problem>> {
  if (refs.length > MOST_CUSTOMERS)
    return refuse(problem('TOO_MANY_ITEMS', `At most ${MOST_CUSTOMERS} customers a call; these are ${refs.length}.`, ['customers']))
  const ids = await holdCustomerIds(world, refs)
  for (const [i, ref] of refs.entries()) if (!ids[i]) return refuse(within(unknownCustomer(ref), 'customers', i))
  const owners = [...new Set(ids.filter((id) => id !== null))]
  return accept({ count: owners.length, pages: once(owners) })
}

async function* once(ids: readonly string[]): AsyncGenerator<readonly string[]> {
  yield ids
}

/**
 * An offer whose coupons can be given now, with the book held as it is: what codes rules have then stands still, and a
 * coupon's must be none of theirs.
 */
export async function offerInForce(world: World, code: string, validUntil: Instant | null): Promise<Result<IssuableOffer, Problem>> {
  await holdBookAsItIs(world)
  return issuable(await findOffer(world, code), code, world.now, validUntil)
}

/** The same for who gives on behalf of others, with nobody there to be told why not: null when none can be given now. */
export async function couponsInForce(world: World, code: string): Promise<IssuableOffer | null> {
  const offer = await offerInForce(world, code, null)
  return offer.ok ? offer.value : null
}

/**
 * Gives each of these customers so many coupons, all of them or none; their ids are the answer, one customer's after the other's. Who calls
 * it holds the book, and has seen to it that nobody is merged away meanwhile.
 */
export async function issueToEach(
  world: World,
  { ruleId, terms }: IssuableOffer,
  customerIds: readonly string[],
  { each, validDays }: { readonly each: number; readonly validDays: number | null },
): Promise<string[]> {
  const validUntil = goodUntil(validDays === null ? terms : { ...terms, validDays }, world.now, null)
  const owners = customerIds.flatMap((id) => Array.from({ length: each }, () => id))
  const ids = await makeCoupons(world, { ruleId, batchId: null, claimed: false, issuedAt: world.now, validUntil }, owners)
  changed(world, CUSTOMERS, customerIds.length > FEW ? 'ALL' : customerIds)
  return ids
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
