import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { PageRequest } from '../kernel/page.ts'
import { codeKey } from '../pricebook/rule.model.ts'
import { couponSource, couponStatus, couponUntil, THIS_MOMENT } from '../query/coupons.ts'
import { sql as fragment } from '../query/fragment.ts'
import { asTexts, asUuids, atInstant, fromFragment, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Coupon } from './coupon.model.ts'
import { type CouponFigures, toCoupon } from './coupon.row.ts'

const SOURCE = fromFragment(couponSource)

/** `at` null: as the database's clock has it. */
const statusAt = (at: Instant | null) =>
  fromFragment(couponStatus(at === null ? THIS_MOMENT : fragment`${new Date(at).toISOString()}::timestamptz`))

/** What an offer is called: as it is in force, else as it last was. */
export const offerName = sql`coalesce(v.terms ->> 'name', (
  select w.terms ->> 'name' from rule_version w
  where w.shop_id = r.shop_id and w.rule_id = r.id and w.state = 'SUPERSEDED' order by w.version desc limit 1), r.code)`

const coupons = (at: Instant | null) => sql`
  select k.id, k.code, r.code as offer_code, ${offerName} as offer_name, k.customer_id, ${statusAt(at)} as status, k.issued_at,
    ${fromFragment(couponUntil)} as valid_until
  from ${SOURCE}`

/** Whoever names a code here sees their own coupons and those that nobody has taken, and no others. */
export const open = (customerId: string) => sql`(k.customer_id = ${customerId}::uuid or k.customer_id is null)`

/** The coupons of these codes that a customer has or may take, as they stand at an instant. */
export async function findNamed(
  { em, shopId }: World,
  customerId: string,
  codes: readonly string[],
  at: Instant | null,
): Promise<Coupon[]> {
  const rows = await rowsOf<CouponFigures>(
    em,
    sql`${coupons(at)} where k.shop_id = ${shopId} and k.code_key = any(${asTexts(codes.map(codeKey))}) and ${open(customerId)}
        order by k.code_key`,
  )
  return rows.map(toCoupon)
}

/** Holds such coupons until the transaction ends, in byte order of their codes. */
export async function holdNamed({ em, shopId }: World, customerId: string, ids: readonly string[]): Promise<void> {
  await rowsOf(
    em,
    sql`select k.id from coupon k where k.shop_id = ${shopId} and k.id = any(${asUuids(ids)}) and ${open(customerId)}
        order by k.code_key for update`,
  )
}

/** Those of these coupons that nobody had taken become a customer's; who calls it holds them. */
export async function giveTo({ em, shopId }: World, customerId: string, ids: readonly string[]): Promise<void> {
  await rowsOf(
    em,
    sql`update coupon set customer_id = ${customerId}::uuid where shop_id = ${shopId} and id = any(${asUuids(ids)}) and customer_id is null`,
  )
}

/** As they stand at an instant; null: as the database's clock has it. */
export async function findCoupons({ em, shopId }: World, ids: readonly string[], at: Instant | null = null): Promise<Coupon[]> {
  const rows = await rowsOf<CouponFigures>(em, sql`${coupons(at)} where k.shop_id = ${shopId} and k.id = any(${asUuids(ids)})`)
  return rows.map(toCoupon)
}

/** The coupon of a code, held, whosever it is. */
export async function holdByCode(world: World, code: string): Promise<Coupon | null> {
  const { em, shopId } = world
  const held = await rowOf<{ id: string }>(
    em,
    sql`select id from coupon where shop_id = ${shopId} and code_key = ${codeKey(code)} for update`,
  )
  return held && ((await findCoupons(world, [held.id]))[0] ?? null)
}

/** Whose coupons of which offer; null: anybody's, of any. */
export type Whose = { readonly ruleId: string | null; readonly customerId: string | null }

const among = ({ ruleId, customerId }: Whose) =>
  sql`k.customer_id is not null and (${ruleId}::uuid is null or k.rule_id = ${ruleId}::uuid)
      and (${customerId}::uuid is null or k.customer_id = ${customerId}::uuid)`

/** Coupons that somebody owns, the newest first. */
export async function listCoupons({ em, shopId }: World, whose: Whose, request: PageRequest): Promise<Coupon[]> {
  const rows = await rowsOf<CouponFigures>(
    em,
    sql`${coupons(null)} where k.shop_id = ${shopId} and ${among(whose)} and (${request.after}::uuid is null or k.id < ${request.after}::uuid)
        order by k.id desc limit ${request.first + 1}`,
  )
  return rows.map(toCoupon)
}

export async function countCoupons({ em, shopId }: World, whose: Whose): Promise<number> {
  const row = await rowOf<{ n: string }>(em, sql`select count(*) as n from coupon k where k.shop_id = ${shopId} and ${among(whose)}`)
  return Number(row?.n ?? 0)
}

/** Of each customer so many coupons: those that can be used first, then those that are held, each the newest first. */
export async function readWallets({ em, shopId }: World, customerIds: readonly string[], most: number): Promise<Coupon[]> {
  const status = statusAt(null)
  const rows = await rowsOf<CouponFigures>(
    em,
    sql`select w.* from unnest(${asUuids(customerIds)}) as c(id) cross join lateral (
          ${coupons(null)} where k.shop_id = ${shopId} and k.customer_id = c.id
          order by case ${status} when 'AVAILABLE' then 0 when 'HELD' then 1 else 2 end, k.id desc limit ${most}) w`,
  )
  return rows.map(toCoupon)
}

export type NewCoupon = { readonly id: string; readonly code: string; readonly customerId: string | null }
export type Issue = {
  readonly ruleId: string
  readonly batchId: string | null
  readonly claimed: boolean
  readonly issuedAt: Instant
  readonly validUntil: Instant | null
}

/** Makes coupons, but for those whose code is taken, by a rule or another coupon; the ids of those that were made are the answer. */
export async function insertCoupons({ em, shopId }: World, issue: Issue, made: readonly NewCoupon[]): Promise<Set<string>> {
  const owners = issue.batchId === null ? asUuids(made.map(({ customerId }) => customerId ?? '')) : sql`null::uuid[]`
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`insert into coupon (shop_id, id, code, code_key, rule_id, customer_id, batch_id, claimed, issued_at, valid_until)
        select ${shopId}::integer, g.id, g.code, lower(g.code collate "C"), ${issue.ruleId}::uuid, g.customer_id, ${issue.batchId}::uuid,
          ${issue.claimed}::boolean, ${atInstant(issue.issuedAt)},
          ${issue.validUntil === null ? null : new Date(issue.validUntil).toISOString()}::timestamptz
        from unnest(${asUuids(made.map(({ id }) => id))}, ${asTexts(made.map(({ code }) => code))}, ${owners}) as g(id, code, customer_id)
        where not exists (select 1 from rule r where r.shop_id = ${shopId} and r.code_key = lower(g.code collate "C"))
        on conflict (shop_id, code_key) do nothing
        returning id`,
  )
  return new Set(rows.map(({ id }) => id))
}

/** Calls coupons back, each once. */
export async function revoke({ em, shopId, now }: World, ids: readonly string[]): Promise<void> {
  await rowsOf(
    em,
    sql`update coupon set revoked_at = ${atInstant(now)} where shop_id = ${shopId} and id = any(${asUuids(ids)}) and revoked_at is null`,
  )
}

type Person = Id<'Customer'>

const OWNERS = sql`hashtextextended('owners of coupons', `

/** Until the transaction ends nobody is merged into another or forgotten (holdOwners), by however many at once. */
export async function shareOwners({ em, shopId }: World): Promise<void> {
  await rowsOf(em, sql`select pg_advisory_xact_lock_shared(${OWNERS}${shopId}::bigint))`)
}

/** The same to the exclusion of those who give coupons to a whole query. */
export async function holdOwners({ em, shopId }: World): Promise<void> {
  await rowsOf(em, sql`select pg_advisory_xact_lock(${OWNERS}${shopId}::bigint))`)
}

/** Makes all coupons of one customer another's; which they are is the answer. Who calls it holds both. */
export async function moveCoupons({ em, shopId }: World, from: Person, into: Person): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`update coupon set customer_id = ${into} where shop_id = ${shopId} and customer_id = ${from} returning id`,
  )
  return rows.map(({ id }) => id)
}

/** Gives these coupons back, as far as they are still there. */
export async function returnCoupons({ em, shopId }: World, from: Person, into: Person, ids: readonly string[]): Promise<void> {
  await rowsOf(
    em,
    sql`update coupon set customer_id = ${from} where shop_id = ${shopId} and customer_id = ${into} and id = any(${asUuids(ids)})`,
  )
}

/** Every coupon of these customers as plain data, the oldest first. */
export async function tellCoupons({ em, shopId }: World, customerIds: readonly Person[]): Promise<object[]> {
  const rows = await rowsOf<{ told: object }>(
    em,
    sql`select jsonb_build_object('code', k.code, 'offerCode', r.code, 'customerId', k.customer_id, 'status', ${statusAt(null)}, 'claimed', k.claimed,
            'issuedAt', k.issued_at, 'validUntil', k.valid_until, 'revokedAt', k.revoked_at) as told
        from ${SOURCE} where k.shop_id = ${shopId} and k.customer_id = any(${asUuids(customerIds)}) order by k.id`,
  )
  return rows.map(({ told }) => told)
}

/** What somebody who is forgotten could still have used is called back. */
export async function revokeOf({ em, shopId, now }: World, customerIds: readonly Person[]): Promise<void> {
  await rowsOf(
    em,
    sql`update coupon set revoked_at = ${atInstant(now)}
        where shop_id = ${shopId} and customer_id = any(${asUuids(customerIds)}) and revoked_at is null`,
  )
}
