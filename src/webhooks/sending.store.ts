import type { EntityManager } from '@mikro-orm/postgresql'
import type { Instant } from '../kernel/clock.ts'
import { asJson, atInstant, atInstantOrNull, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Delivery, Settled } from './delivery.model.ts'
import { DELIVERY, type DeliveryColumns, EVENT_OF_DELIVERY, toDelivery } from './delivery.row.ts'

/** The shops in which something could be sent now. */
export async function findShopsWithDue(em: EntityManager, now: Instant): Promise<number[]> {
  const rows = await rowsOf<{ id: number }>(
    em,
    sql`select distinct s.shop_id as id from webhook_subscription s
        where s.enabled and (s.held_until is null or s.held_until <= ${atInstant(now)})
          and exists (select from webhook_delivery d
            where d.shop_id = s.shop_id and d.subscription_id = s.id and d.status = 'WAITING' and d.due_at <= ${atInstant(now)})`,
  )
  return rows.map(({ id }) => id)
}

/**
 * Has the database look at what is in the queue once it is far longer than when it last did: a plan made in ignorance reads all of it for each
 * event. A server does so by itself, later; an embedded one never.
 */
export async function tellHowMuch({ em }: World): Promise<void> {
  const row = await rowOf<{ grown: boolean }>(
    em,
    sql`select pg_relation_size(oid) > 8192::bigint * (2 * relpages + 16) as grown from pg_class where oid = 'webhook_delivery'::regclass`,
  )
  if (row?.grown) await rowsOf(em, sql`analyze webhook_event, webhook_delivery`)
}

type Wanted = { readonly claimId: string; readonly now: Instant; readonly until: Instant; readonly most: number }

/**
 * Takes what is due, the longest due first, past whatever somebody else takes: of each lane the first that waits, and no other. It is anybody's
 * again at `until`, whatever becomes of whoever took it.
 */
export async function claim({ em, shopId }: World, subscriptionId: string, { claimId, now, until, most }: Wanted): Promise<Delivery[]> {
  const rows = await rowsOf<DeliveryColumns>(
    em,
    sql`with due as materialized (
          select d.seq from webhook_delivery d
          where d.shop_id = ${shopId} and d.subscription_id = ${subscriptionId} and d.status = 'WAITING' and d.due_at <= ${atInstant(now)}
            and not exists (select from webhook_delivery b
              where b.shop_id = d.shop_id and b.subscription_id = d.subscription_id and b.status = 'WAITING' and b.lane = d.lane and b.seq < d.seq offset 0)
          order by d.due_at, d.seq limit ${most} for update skip locked),
        taken as (
          update webhook_delivery d set due_at = ${atInstant(until)}, attempts = d.attempts + 1, claim_id = ${claimId}::uuid, tried_at = ${atInstant(now)}
          where d.shop_id = ${shopId} and d.subscription_id = ${subscriptionId} and d.seq = any(array(select seq from due))
          returning d.*)
        select ${DELIVERY} from taken d ${EVENT_OF_DELIVERY} order by d.seq`,
  )
  return rows.map(toDelivery)
}

/** `givenBack`: it was not tried. */
export type Ended = Settled & { readonly seq: string; readonly givenBack: boolean }

/** Writes down what became of those that this claim still has. What comes after one that is tried again waits with it. */
export async function settleRows(
  { em, shopId }: World,
  subscriptionId: string,
  { claimId, now }: Pick<Wanted, 'claimId' | 'now'>,
  ended: readonly Ended[],
): Promise<void> {
  const rows = await rowsOf<{ lane: string; seq: string; due_at: string }>(
    em,
    sql`with made as materialized (
          select * from jsonb_to_recordset(${asJson(ended)}) as s
            (seq bigint, status text, answered integer, fault text, "dueAt" bigint, "givenBack" boolean)),
        done as (
          update webhook_delivery d set status = s.status, due_at = coalesce(to_timestamp(s."dueAt" / 1000.0), d.due_at), claim_id = null,
            answered = case when s."givenBack" then d.answered else s.answered end, fault = case when s."givenBack" then d.fault else s.fault end,
            attempts = d.attempts - case when s."givenBack" then 1 else 0 end,
            delivered_at = case when s.status = 'DELIVERED' then ${atInstant(now)} end
          from made s
          where d.shop_id = ${shopId} and d.subscription_id = ${subscriptionId} and d.seq = s.seq and d.claim_id = ${claimId}::uuid and d.status = 'WAITING'
          returning d.seq, d.lane, d.status, d.due_at, s."givenBack" as given_back)
        select lane, seq, due_at from done where status = 'WAITING' and not given_back`,
  )
  if (rows.length === 0) return
  await rowsOf(
    em,
    sql`update webhook_delivery f set due_at = b.due_at
        from jsonb_to_recordset(${asJson(rows)}) as b (lane uuid, seq bigint, due_at timestamptz)
        where f.shop_id = ${shopId} and f.subscription_id = ${subscriptionId} and f.status = 'WAITING' and f.lane = b.lane and f.seq > b.seq
          and f.due_at < b.due_at`,
  )
}

/** How a subscription does: how many attempts in a row failed, until when nothing is sent, and why. */
export type Doing = {
  readonly failures: number
  readonly heldUntil: Instant | null
  readonly fault: string | null
  readonly ended: boolean
}

export async function noteDoing({ em, shopId }: World, id: string, { failures, heldUntil, fault, ended }: Doing): Promise<void> {
  await rowsOf(
    em,
    sql`update webhook_subscription set failures = ${failures}, held_until = ${atInstantOrNull(heldUntil)}, fault = ${fault},
          enabled = enabled and not ${ended}::boolean
        where shop_id = ${shopId} and id = ${id}::uuid`,
  )
}
