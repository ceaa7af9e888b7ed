import { preparedRowOf, preparedRowsOf } from '../shell/prepared.ts'
import { CLOCK, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Operation } from './idempotency.model.ts'

const KEPT = sql`interval '30 days'`

/** Until the transaction ends nobody else acts under this key: of two at once the second finds what the first left. */
export async function holdKey({ em, shopId }: World, operation: Operation | 'return', key: string): Promise<void> {
  await preparedRowsOf(em, sql`select pg_advisory_xact_lock(hashtextextended(${`${operation} ${key}`}::text, ${shopId}::bigint))`)
}

export type KeptAnswer = {
  readonly hash: string
  /** Of the coupon that was claimed, or of the reservation. */
  readonly id: string
}

export async function findKey({ em, shopId }: World, operation: Operation, key: string): Promise<KeptAnswer | null> {
  const row = await preparedRowOf<KeptAnswer>(
    em,
    sql`select encode(input_hash, 'hex') as hash, coalesce(coupon_id, reservation_id) as id from idempotency_key
        where shop_id = ${shopId} and operation = ${operation} and key = ${key} and kept_at > clock_timestamp() - ${KEPT}`,
  )
  return row
}

/** Keeps a key, and throws a few of those away that are over. */
export async function writeKey({ em, shopId }: World, operation: Operation, key: string, answer: KeptAnswer): Promise<void> {
  const [reservationId, couponId] = operation === 'claim' ? [null, answer.id] : [answer.id, null]
  await preparedRowsOf(
    em,
    // By their places in the table (ctid), which stay while the rows are held: to join them by key again would read the whole table.
    sql`with gone as (
          delete from idempotency_key where shop_id = ${shopId} and ctid = any(array(
            select ctid from idempotency_key
            where shop_id = ${shopId} and kept_at <= ${CLOCK} - ${KEPT} and (operation, key) <> (${operation}, ${key})
            order by kept_at limit 20 for update skip locked))
        )
        insert into idempotency_key (shop_id, operation, key, input_hash, reservation_id, coupon_id, kept_at)
        values (${shopId}, ${operation}, ${key}, decode(${answer.hash}, 'hex'), ${reservationId}::uuid, ${couponId}::uuid, clock_timestamp())
        on conflict (shop_id, operation, key) do update set
          input_hash = excluded.input_hash, reservation_id = excluded.reservation_id,
          coupon_id = excluded.coupon_id, kept_at = excluded.kept_at`,
  )
}
