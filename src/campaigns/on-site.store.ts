import type { Day } from '../kernel/zone.ts'
import { asJson, asUuids, atInstant, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

type EventKind = 'SEEN' | 'CLICKED' | 'DISMISSED'

/**
 * In which running campaigns that show something these customers take part, but for those that they dismissed. By the higher priority
 * first, then by code.
 */
export async function listShown(
  { em, shopId, now }: World,
  customerIds: readonly string[],
): Promise<{ customerId: string; code: string }[]> {
  return rowsOf(
    em,
    sql`select m.customer_id as "customerId", k.code
        from campaign_member m join campaign k on k.shop_id = m.shop_id and k.id = m.campaign_id
        where m.shop_id = ${shopId} and m.customer_id = any(${asUuids(customerIds)}) and m.treated and m.left_at is null
          and k.status = 'RUNNING' and k.on_site is not null and (k.ends_at is null or k.ends_at > ${atInstant(now)})
          and not exists (select 1 from campaign_event v where v.shop_id = m.shop_id and v.customer_id = m.customer_id
            and v.campaign_id = m.campaign_id and v.kind = 'DISMISSED')
        order by k.priority desc, k.code`,
  )
}

export type NewEvent = { readonly campaign: string; readonly kind: EventKind }

export type WrittenEvent = { readonly campaignId: string; readonly code: string; readonly isCare: boolean; readonly kind: EventKind }

/** Writes down what a customer did with campaigns in which they take part, once a day each; what of it was new is the answer. */
export async function writeEvents(
  { em, shopId, now }: World,
  customerId: string,
  day: Day,
  events: readonly NewEvent[],
): Promise<WrittenEvent[]> {
  return rowsOf(
    em,
    sql`with made as (
          insert into campaign_event (shop_id, campaign_id, customer_id, kind, day, at)
          select distinct ${shopId}::integer, k.id, m.customer_id, e.kind, ${day}::date, ${atInstant(now)}
          from jsonb_to_recordset(${asJson(events)}) as e (campaign text, kind text)
          join campaign k on k.shop_id = ${shopId} and k.code = e.campaign and k.status in ('RUNNING', 'PAUSED') and k.on_site is not null
          join campaign_member m on m.shop_id = k.shop_id and m.campaign_id = k.id and m.customer_id = ${customerId}::uuid and m.treated
          on conflict do nothing returning campaign_id, kind)
        select n.campaign_id as "campaignId", k.code, k.kind = 'CARE' as "isCare", n.kind
        from made n join campaign k on k.shop_id = ${shopId} and k.id = n.campaign_id order by k.code, n.kind`,
  )
}
