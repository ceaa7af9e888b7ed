import type { Id } from '../kernel/id.ts'
import type { PageRequest } from '../kernel/page.ts'
import { preparedRowOf, preparedRowsOf } from '../shell/prepared.ts'
import { asJson, asTexts, asUuids, rowsOf, sql, toInstant } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Channel, Consent, Customer, Identity, TouchPurpose } from './customer.model.ts'
import { CUSTOMER, type CustomerColumns, toCustomer } from './customer.row.ts'

/** By id, in any order; what is not there is left out. */
export async function findCustomers({ em, shopId }: World, ids: readonly string[]): Promise<Customer[]> {
  const rows = await rowsOf<CustomerColumns>(
    em,
    sql`select ${CUSTOMER} from customer c where c.shop_id = ${shopId} and c.id = any(${asUuids(ids)})`,
  )
  return rows.map(toCustomer)
}

/** The same, held until the transaction ends: always in the order of their ids, so that two who hold never wait in a circle. */
export async function holdCustomers({ em, shopId }: World, ids: readonly string[]): Promise<Customer[]> {
  const rows = await rowsOf<CustomerColumns>(
    em,
    sql`select ${CUSTOMER} from customer c where c.shop_id = ${shopId} and c.id = any(${asUuids(ids)}) order by c.id for no key update`,
  )
  return rows.map(toCustomer)
}

/** A name asked for: an id, an external id, or a verified identity. */
export type Asked = { readonly id?: string; readonly externalId?: string; readonly kind?: string; readonly value?: string }
export type Found = { readonly id: Id<'Customer'>; readonly mergedInto: Id<'Customer'> | null }

/** Whose names these are, in their order; null for nobody's. One statement for however many. */
export async function findNamed({ em, shopId }: World, asked: readonly Asked[]): Promise<(Found | null)[]> {
  const wanted = asked.map((name, i) => ({ i, id: name.id, external_id: name.externalId, kind: name.kind, value: name.value }))
  const rows = await preparedRowsOf<{ id: string | null; merged_into: string | null }>(
    em,
    sql`select coalesce(a.id, b.id, d.id) as id, coalesce(a.merged_into, b.merged_into, d.merged_into) as merged_into
        from jsonb_to_recordset(${asJson(wanted)}) as w (i integer, id uuid, external_id text, kind text, value text)
        left join customer a on a.shop_id = ${shopId} and a.id = w.id
        left join customer b on b.shop_id = ${shopId} and b.external_id = w.external_id
        left join customer_identity n on n.shop_id = ${shopId} and n.kind = w.kind and n.value = w.value and n.verified
        left join customer d on d.shop_id = ${shopId} and d.id = n.customer_id
        order by w.i`,
  )
  return rows.map(({ id, merged_into }) =>
    id === null ? null : { id: id as Id<'Customer'>, mergedInto: merged_into as Id<'Customer'> | null },
  )
}

/** Those who were merged into these customers, whose names are now theirs. */
export async function findMergedInto({ em, shopId }: World, ids: readonly string[]): Promise<Customer[]> {
  const rows = await rowsOf<CustomerColumns>(
    em,
    sql`select ${CUSTOMER} from customer c where c.shop_id = ${shopId} and c.merged_into = any(${asUuids(ids)}) order by c.id`,
  )
  return rows.map(toCustomer)
}

export type Owned<T> = T & { readonly customerId: Id<'Customer'> }

/** The names under which these customers are kept, besides their external ids. */
/** Held until the transaction ends so that nobody merges or forgets them, by however many at once; null once they were merged. */
export async function shareCustomerRow({ em, shopId }: World, id: string): Promise<string | null> {
  const row = await preparedRowOf<{ id: string }>(
    em,
    sql`select id from customer where shop_id = ${shopId} and id = ${id}::uuid and merged_into is null for share`,
  )
  return row?.id ?? null
}

export async function findIdentities({ em, shopId }: World, ids: readonly string[]): Promise<Owned<Identity>[]> {
  const rows = await rowsOf<IdentityColumns>(
    em,
    sql`select customer_id, kind, value, verified from customer_identity
        where shop_id = ${shopId} and customer_id = any(${asUuids(ids)}) order by customer_id, kind, value`,
  )
  return rows.map(toIdentity)
}

/** Whose verified names these are; what is nobody's is left out. */
export async function findOwners({ em, shopId }: World, names: readonly Pick<Identity, 'kind' | 'value'>[]): Promise<Owned<Identity>[]> {
  const rows = await rowsOf<IdentityColumns>(
    em,
    sql`select n.customer_id, n.kind, n.value, n.verified
        from jsonb_to_recordset(${asJson(names)}) as w (kind text, value text)
        join customer_identity n on n.shop_id = ${shopId} and n.kind = w.kind and n.value = w.value and n.verified`,
  )
  return rows.map(toIdentity)
}

type IdentityColumns = { readonly customer_id: string; readonly kind: string; readonly value: string; readonly verified: boolean }
const toIdentity = ({ customer_id, ...name }: IdentityColumns) => ({ ...name, customerId: customer_id as Id<'Customer'> })

/** All that these customers ever said, the oldest first. */
export async function findConsents({ em, shopId }: World, ids: readonly string[]): Promise<Owned<Consent>[]> {
  const rows = await rowsOf<ConsentColumns>(
    em,
    sql`select customer_id, channel, purpose, granted, at, source, wording, firm from customer_consent
        where shop_id = ${shopId} and customer_id = any(${asUuids(ids)}) order by at, id`,
  )
  return rows.map(toConsent)
}

/** What holds for marketing now: the newest of each channel. */
export async function findCurrentConsents({ em, shopId }: World, ids: readonly string[]): Promise<Owned<Consent>[]> {
  const rows = await rowsOf<ConsentColumns>(
    em,
    sql`select customer_id, channel, purpose, granted, at, source, wording, false as firm from customer_consent_current
        where shop_id = ${shopId} and customer_id = any(${asUuids(ids)}) order by channel`,
  )
  return rows.map(toConsent)
}

type ConsentColumns = {
  readonly customer_id: string
  readonly channel: Channel
  readonly purpose: TouchPurpose | null
  readonly granted: boolean
  readonly at: string
  readonly source: string | null
  readonly wording: string | null
  readonly firm: boolean
}
const toConsent = ({ customer_id, at, ...consent }: ConsentColumns) => ({
  ...consent,
  at: toInstant(at),
  customerId: customer_id as Id<'Customer'>,
})

export type PeoplePage = { readonly companyId: string; readonly customer: Customer }

/** A page of the people of each of these companies, one more than asked for, in the order of their ids. */
export async function listPeople({ em, shopId }: World, companyIds: readonly string[], request: PageRequest): Promise<PeoplePage[]> {
  const rows = await rowsOf<CustomerColumns>(
    em,
    sql`select c.* from unnest(${asUuids(companyIds)}) as w (id)
        cross join lateral (
          select ${CUSTOMER} from customer c
          where c.shop_id = ${shopId} and c.company_id = w.id and c.merged_into is null
            and (${request.after}::uuid is null or c.id > ${request.after}::uuid)
          order by c.id limit ${request.first + 1}) c
        order by c.id`,
  )
  return rows.map((row) => ({ companyId: row.company_id ?? '', customer: toCustomer(row) }))
}

export async function countPeople({ em, shopId }: World, companyIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await rowsOf<{ company_id: string; n: string }>(
    em,
    sql`select company_id, count(*) as n from customer
        where shop_id = ${shopId} and company_id = any(${asUuids(companyIds)}) and merged_into is null group by company_id`,
  )
  return new Map(rows.map((row) => [row.company_id, Number(row.n)]))
}

/** The ids of all people of these companies. */
export async function findPeople({ em, shopId }: World, companyIds: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`select id from customer where shop_id = ${shopId} and company_id = any(${asUuids(companyIds)})`,
  )
  return rows.map((row) => row.id)
}

/**
 * Until this transaction ends nobody else creates a customer under these names, claims them or hands them on. The names
 * share a fixed number of locks, taken in their order: a large call does not fill the database's lock table.
 */
export async function holdNames({ em, shopId }: World, keys: readonly string[]): Promise<void> {
  await rowsOf(
    em,
    sql`select pg_advisory_xact_lock(bucket) from (
          select distinct hashtextextended('customer-name', ${shopId}::bigint) + abs(hashtextextended(key, 0) % 256) as bucket
          from unnest(${asTexts(keys)}) as key order by 1) as buckets`,
  )
}
