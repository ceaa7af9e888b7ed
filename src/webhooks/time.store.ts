import type { EntityManager } from '@mikro-orm/postgresql'
import type { RawBuilder } from 'kysely'
import type { Instant } from '../kernel/clock.ts'
import { atInstant, CLOCK, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

/** Since so many days ago: whoever is awake less often is not told of all. */
const BACK = sql`interval '7 days'`

/** A pin of `x` that is over and was not told of since somebody subscribed. */
const ended = (topic: string, now: Instant): RawBuilder<unknown> =>
  sql`x.pin_tier_id is not null and x.pinned_until <= ${atInstant(now)} and x.pinned_until > ${atInstant(now)} - ${BACK}
      and x.pin_tier_id is distinct from x.tier_id
      and exists (select from webhook_subscription s
        where s.shop_id = x.shop_id and s.enabled and ${topic} = any(s.topics) and s.created_at < x.pinned_until)
      and not exists (select from webhook_event e
        where e.shop_id = x.shop_id and e.lane = x.id and e.topic = ${topic} and e.at = x.pinned_until)`

/** The shops in which something ended with time that somebody wants to hear of. */
export async function findShopsWhereTimePassed(em: EntityManager, now: Instant): Promise<number[]> {
  const rows = await rowsOf<{ id: number }>(
    em,
    sql`select s.shop_id as id from webhook_subscription s
        where s.enabled and 'reservation.expired' = any(s.topics)
          and exists (select from reservation h where h.shop_id = s.shop_id and h.status = 'HELD' and h.expires_at <= ${CLOCK})
        union
        select s.shop_id from webhook_subscription s
        where s.enabled and s.topics && '{customer.tier_changed,company.tier_changed}'
          and (exists (select from customer x where x.shop_id = s.shop_id and ${ended('customer.tier_changed', now)})
            or exists (select from company x where x.shop_id = s.shop_id and ${ended('company.tier_changed', now)}))`,
  )
  return rows.map(({ id }) => id)
}

/** Tells of pins that are over, each once. Who calls it is the only one who does so in this shop. */
export async function tellEndedPins({ em, shopId, now }: World): Promise<void> {
  const changed = sql`'tier', case when t.id is not null then json_build_object('code', t.code) end, 'before', json_build_object('code', b.code),
    'how', 'PIN_ENDED'`
  const tiers = sql`left join tier t on t.shop_id = x.shop_id and t.id = x.tier_id join tier b on b.shop_id = x.shop_id and b.id = x.pin_tier_id`
  await rowsOf(
    em,
    sql`insert into webhook_event (shop_id, topic, lane, customer_id, at, data)
        select x.shop_id, 'customer.tier_changed', x.id, x.id, x.pinned_until, json_build_object(${changed})
        from customer x ${tiers} where x.shop_id = ${shopId} and ${ended('customer.tier_changed', now)}
        union all
        select x.shop_id, 'company.tier_changed', x.id, null, x.pinned_until,
          json_build_object('company', json_build_object('id', x.id, 'externalId', x.external_id), ${changed})
        from company x ${tiers} where x.shop_id = ${shopId} and ${ended('company.tier_changed', now)}`,
  )
}

/** Nobody else notices time in this shop until the transaction ends. */
export async function holdTime({ em, shopId }: World): Promise<void> {
  await rowsOf(em, sql`select id from webhook_subscription where shop_id = ${shopId} order by id for no key update`)
}

export async function wantsExpiries({ em, shopId }: World): Promise<boolean> {
  const rows = await rowsOf(
    em,
    sql`select 1 from webhook_subscription where shop_id = ${shopId} and enabled and 'reservation.expired' = any(topics) limit 1`,
  )
  return rows.length > 0
}
