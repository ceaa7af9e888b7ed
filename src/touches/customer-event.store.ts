import { asJson, atInstant, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { EventKind } from './customer-event.model.ts'

export type NewEvent = {
  readonly id: string
  readonly externalId: string
  readonly customerId: string
  readonly kind: EventKind
  readonly subject: string
  readonly at: string
  /** Not: it happened when it was first told. */
  readonly isDated: boolean
}

/** Told again under the same external id: the same, or corrected where it differs. How many are new or other than before. */
export async function writeEvents({ em, shopId, now }: World, events: readonly NewEvent[]): Promise<number> {
  if (events.length === 0) return 0
  const rows = await rowsOf(
    em,
    sql`insert into customer_event as e (shop_id, id, external_id, customer_id, kind, subject, at, recorded_at)
        select ${shopId}::integer, w.id, w."externalId", w."customerId", w.kind, w.subject,
          case when w."isDated" then w.at else coalesce(known.at, w.at) end, ${atInstant(now)}
        from jsonb_to_recordset(${asJson(events)})
          as w (id uuid, "externalId" text, "customerId" uuid, kind text, subject text, at timestamptz, "isDated" boolean)
        left join customer_event known on known.shop_id = ${shopId} and known.external_id = w."externalId"
        order by w."externalId"
        on conflict (shop_id, external_id) do update set
          customer_id = excluded.customer_id, kind = excluded.kind, subject = excluded.subject, at = excluded.at, recorded_at = excluded.recorded_at
        where (e.customer_id, e.kind, e.subject, e.at) is distinct from (excluded.customer_id, excluded.kind, excluded.subject, excluded.at)
        returning 1`,
  )
  return rows.length
}
