import type { Instant } from '../kernel/clock.ts'
import { asTexts, asUuids, atInstant, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Backlog, SealedSubscription, Subscription, WantedSubscription } from './subscription.model.ts'
import { SEALED, type SealedColumns, SUBSCRIPTION, type SubscriptionColumns, toSealed, toSubscription } from './subscription.row.ts'

/** All of them, in the order of their codes. */
export async function listSubscriptionRows({ em, shopId }: World): Promise<Subscription[]> {
  const rows = await rowsOf<SubscriptionColumns>(
    em,
    sql`select ${SUBSCRIPTION} from webhook_subscription s where s.shop_id = ${shopId} order by s.code`,
  )
  return rows.map(toSubscription)
}

/** Held until the transaction ends, if `hold`. */
export async function findSubscription({ em, shopId }: World, code: string, hold = false): Promise<SealedSubscription | null> {
  const row = await rowOf<SealedColumns>(
    em,
    sql`select ${SEALED} from webhook_subscription s where s.shop_id = ${shopId} and s.code = ${code} ${hold ? sql`for no key update` : sql``}`,
  )
  return row && toSealed(row)
}

/** Those to whom something may be sent now. */
export async function findOpen({ em, shopId, now }: World): Promise<SealedSubscription[]> {
  const rows = await rowsOf<SealedColumns>(
    em,
    sql`select ${SEALED} from webhook_subscription s
        where s.shop_id = ${shopId} and s.enabled and (s.held_until is null or s.held_until <= ${atInstant(now)}) order by s.code`,
  )
  return rows.map(toSealed)
}

/** New, or as it is to be; its secret stays. What failed before is forgotten. */
export async function writeSubscription(
  { em, shopId, now }: World,
  id: string,
  { code, url, topics, description, enabled }: WantedSubscription,
  sealed: Buffer,
): Promise<Subscription> {
  const row = await rowOf<SubscriptionColumns>(
    em,
    sql`insert into webhook_subscription as s (shop_id, id, code, url, topics, description, enabled, sealed, created_at, updated_at)
        values (${shopId}, ${id}, ${code}, ${url}, ${asTexts(topics)}, ${description}, ${enabled}, decode(${sealed.toString('hex')}, 'hex'),
          ${atInstant(now)}, ${atInstant(now)})
        on conflict (shop_id, code) do update set url = excluded.url, topics = excluded.topics, description = excluded.description,
          enabled = excluded.enabled, updated_at = excluded.updated_at, failures = 0, held_until = null, fault = null
        returning ${SUBSCRIPTION}`,
  )
  if (row === null) throw new Error('a subscription was not kept')
  return toSubscription(row)
}

/** Another secret; the one before signs too, until then. */
export async function writeSecret({ em, shopId, now }: World, id: string, sealed: Buffer, beforeUntil: Instant): Promise<void> {
  await rowsOf(
    em,
    sql`update webhook_subscription set sealed_before = sealed, before_until = ${atInstant(beforeUntil)}, sealed = decode(${sealed.toString('hex')}, 'hex'),
          updated_at = ${atInstant(now)}
        where shop_id = ${shopId} and id = ${id}::uuid`,
  )
}

/** With what waits for it. What is written for it in the same moment is let go of with its event. */
export async function removeSubscription({ em, shopId }: World, id: string): Promise<void> {
  await rowsOf(em, sql`delete from webhook_delivery where shop_id = ${shopId} and subscription_id = ${id}::uuid`)
  await rowsOf(em, sql`delete from webhook_subscription where shop_id = ${shopId} and id = ${id}::uuid`)
}

/** How much waits for each, and how much was given up. */
export async function countBacklogs({ em, shopId }: World, ids: readonly string[]): Promise<Map<string, Backlog>> {
  const rows = await rowsOf<{ id: string; waiting: string; dead: string }>(
    em,
    sql`select subscription_id as id, count(*) filter (where status = 'WAITING') as waiting, count(*) filter (where status = 'DEAD') as dead
        from webhook_delivery where shop_id = ${shopId} and subscription_id = any(${asUuids(ids)}) and status in ('WAITING', 'DEAD') group by 1`,
  )
  return new Map(rows.map(({ id, waiting, dead }) => [id, { waiting: Number(waiting), dead: Number(dead) }]))
}
