import type { RawBuilder } from 'kysely'
import type { Customer } from '../customers/customer.model.ts'
import { customersByIds } from '../customers/customer.service.ts'
import type { Instant } from '../kernel/clock.ts'
import { currencyDigits } from '../kernel/currency.ts'
import { type Page, type PageRequest, page } from '../kernel/page.ts'
import type { Problem } from '../kernel/problem.ts'
import { accept, type Result } from '../kernel/result.ts'
import { resolveQuery } from '../query/resolve.ts'
import { toSql } from '../query/sql.ts'
import type { CustomerQuery } from '../query/tree.ts'
import type { Asking } from '../query/when.ts'
import { fromFragment, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Shop } from '../shops/shop.model.ts'
import { readShop } from '../shops/shop.service.ts'
import { partsOf } from './clauses.rules.ts'
import { countWho, isWho, listWho } from './customer-query.store.ts'
import { countEach } from './membership.store.ts'
import { mayNameSegments } from './segment.model.ts'
import { understand } from './segment.service.ts'

/** When, where and in which currency a shop's queries are asked. */
export const askingOf = (shop: Shop, at: Instant): Asking => ({
  at,
  timeZone: shop.timeZone,
  currencyDigits: currencyDigits(shop.currency),
})

/** A query's condition on the rows of `customerSource`, at the world's instant; `ofFew`: of some customers only, named beside it. */
export async function conditionOf(world: World, query: CustomerQuery | null, { ofFew = false } = {}): Promise<RawBuilder<unknown>> {
  if (query === null) return sql`true`
  return fromFragment(toSql(resolveQuery(query, askingOf(await readShop(world), world.now)), world.shopId, { ofFew }))
}

/** The customers that a query holds now, in the order of their ids; an empty query holds everyone. */
export async function searchCustomers(world: World, text: string | null, request: PageRequest): Promise<Result<Page<Customer>, Problem>> {
  const query = await understand(world, text, ['query'])
  if (!query.ok) return query
  return accept(await whoIs(world, query.value, request))
}

/** The same of a query that was read. */
export async function whoIs(world: World, query: CustomerQuery | null, request: PageRequest): Promise<Page<Customer>> {
  const ids = await listWho(world, await conditionOf(world, query), request)
  const found = new Map((await customersByIds(world, ids)).map((customer) => [customer.id as string, customer]))
  const customers = ids.flatMap((id) => found.get(id) ?? [])
  return page(customers, request, (customer) => customer.id)
}

/** The ids of those whom a condition holds, page after page, each person once, whatever changes on the way. */
export async function* whoMatches(world: World, query: CustomerQuery | null, atOnce: number): AsyncGenerator<readonly string[]> {
  const condition = await conditionOf(world, query)
  for (let after: string | null = null; ; ) {
    const found: readonly string[] = await listWho(world, condition, { first: atOnce, after })
    const ids = found.slice(0, atOnce)
    if (ids.length > 0) yield ids
    if (found.length <= atOnce) return
    after = ids.at(-1) ?? null
  }
}

/** Whether a query holds a customer at an instant. `shop`: as whoever asks knows it; nothing remembered is looked at. */
export async function holdsCustomer(world: World, shop: Shop, text: string, customerId: string, at: Instant): Promise<boolean> {
  const query = await understand(world, text, [])
  // What has ended may name a segment that is gone: then it is for nobody.
  if (!query.ok && mayNameSegments(text)) return false
  if (!query.ok) throw new Error(`an audience that was saved does not parse: ${text}`)
  if (query.value === null) return true
  const condition = fromFragment(toSql(resolveQuery(query.value, askingOf(shop, at)), world.shopId))
  return isWho(world, condition, customerId, at)
}

export async function countCustomers(world: World, text: string | null): Promise<Result<number, Problem>> {
  const query = await understand(world, text, ['query'])
  if (!query.ok) return query
  return accept(await countWho(world, await conditionOf(world, query.value)))
}

export type ClauseCount = { readonly text: string; readonly customerCount: number }
export type Preview = {
  readonly customerCount: number
  readonly percent: number
  readonly sample: readonly Customer[]
  readonly clauses: readonly ClauseCount[]
}
const SAMPLE = 10

/** Whom a query would hold: how many, what share of all customers (0 to 100), the first few, and whom each part of it holds. */
export async function previewQuery(world: World, text: string): Promise<Result<Preview, Problem>> {
  const query = await understand(world, text, ['query'])
  if (!query.ok) return query
  const parts = query.value === null ? [] : partsOf(query.value)
  const conditions = [await conditionOf(world, query.value), sql`true`]
  for (const part of parts) conditions.push(await conditionOf(world, part.query))
  const [customerCount = 0, all = 0, ...counts] = await countEach(world, conditions)
  const sample = await whoIs(world, query.value, { first: SAMPLE, after: null })
  return accept({
    customerCount,
    percent: all === 0 ? 0 : (100 * customerCount) / all,
    sample: sample.nodes,
    clauses: parts.map((part, i) => ({ text: part.text, customerCount: counts[i] ?? 0 })),
  })
}
