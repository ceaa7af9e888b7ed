import type { Instant } from '../kernel/clock.ts'
import type { PageRequest } from '../kernel/page.ts'
import { asUuids, atInstant, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Delivery, DeliveryStatus } from './delivery.model.ts'
import { DELIVERY, type DeliveryColumns, EVENT_OF_DELIVERY, toDelivery } from './delivery.row.ts'

/** The newest first. */
export async function listDeliveries(
  { em, shopId }: World,
  subscriptionId: string,
  status: DeliveryStatus | null,
  { first, after }: PageRequest,
): Promise<Delivery[]> {
  const rows = await rowsOf<DeliveryColumns>(
    em,
    sql`select ${DELIVERY} from webhook_delivery d ${EVENT_OF_DELIVERY}
        where d.shop_id = ${shopId} and d.subscription_id = ${subscriptionId} and (${status}::text is null or d.status = ${status})
          and (${after}::bigint is null or d.seq < ${after}::bigint)
        order by d.seq desc limit ${first + 1}`,
  )
  return rows.map(toDelivery)
}

export async function countDeliveries({ em, shopId }: World, subscriptionId: string, status: DeliveryStatus | null): Promise<number> {
  const row = await rowOf<{ n: string }>(
    em,
    sql`select count(*) as n from webhook_delivery
        where shop_id = ${shopId} and subscription_id = ${subscriptionId} and (${status}::text is null or status = ${status})`,
  )
  return Number(row?.n ?? 0)
}

/** Has these go again, or all that were given up (null), for as long as something new would be tried; how many. */
export async function againNow(
  { em, shopId, now }: World,
  subscriptionId: string,
  eventIds: readonly string[] | null,
  giveUpAt: Instant,
): Promise<number> {
  const which =
    eventIds === null
      ? sql`d.status = 'DEAD'`
      : sql`d.seq in (select e.seq from webhook_event e where e.shop_id = ${shopId} and e.id = any(${asUuids(eventIds)}))`
  const row = await rowOf<{ n: string }>(
    em,
    sql`with again as (
          update webhook_delivery d set status = 'WAITING', attempts = 0, due_at = ${atInstant(now)}, give_up_at = ${atInstant(giveUpAt)},
            claim_id = null, delivered_at = null
          where d.shop_id = ${shopId} and d.subscription_id = ${subscriptionId} and ${which} returning 1)
        select count(*) as n from again`,
  )
  return Number(row?.n ?? 0)
}

/** Lets go of events that are older, with what became of them; at most so many, and how many. */
export async function purgeEvents({ em, shopId }: World, before: Instant, most: number): Promise<number> {
  const rows = await rowsOf(
    em,
    sql`with old as materialized (
          select seq from webhook_event where shop_id = ${shopId} and written_at < ${atInstant(before)} order by written_at limit ${most})
        delete from webhook_event e using old where e.shop_id = ${shopId} and e.seq = old.seq returning 1`,
  )
  return rows.length
}

/** What is kept here of what happened to these customers, the oldest first. */
export async function tellEvents({ em, shopId }: World, customerIds: readonly string[]): Promise<object[]> {
  return rowsOf<object>(
    em,
    sql`select e.id, e.customer_id as "customerId", e.into_id as "intoId", e.topic, e.at, e.data,
          (select json_agg(json_build_object('subscription', s.code, 'status', d.status, 'triedAt', d.tried_at, 'fault', d.fault) order by s.code)
           from webhook_delivery d join webhook_subscription s on s.shop_id = d.shop_id and s.id = d.subscription_id
           where d.shop_id = e.shop_id and d.seq = e.seq) as told
        from webhook_event e
        where e.shop_id = ${shopId} and (e.lane = any(${asUuids(customerIds)}) or e.into_id = any(${asUuids(customerIds)})) order by e.seq`,
  )
}

/** What receivers answered to events of these customers: it may say who they are. */
export async function forgetAnswers({ em, shopId }: World, customerIds: readonly string[]): Promise<void> {
  await rowsOf(
    em,
    sql`update webhook_delivery d set fault = null from webhook_event e
        where e.shop_id = ${shopId} and (e.lane = any(${asUuids(customerIds)}) or e.into_id = any(${asUuids(customerIds)}))
          and d.shop_id = e.shop_id and d.seq = e.seq and d.fault is not null`,
  )
}
