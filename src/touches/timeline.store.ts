import type { RawBuilder } from 'kysely'
import { DAY_MS, instant } from '../kernel/clock.ts'
import type { PageRequest } from '../kernel/page.ts'
import { asUuids, atInstant, rowsOf, sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { CustomerEvent, EventKind } from './customer-event.model.ts'
import { readPlace } from './timeline.model.ts'
import type { Purpose, Refusal, Touch, TouchChannel, TouchReason } from './touch.model.ts'
import { TOUCH, type TouchColumns, toTouch } from './touch.row.ts'

/** What of a customer is listed by when it was, and by which column. */
const LISTS = {
  touch: sql`decided_at`,
  touch_refusal: sql`first_at`,
  customer_event: sql`at`,
} as const
type List = keyof typeof LISTS

/** A page of the list of each of these customers, one more than asked for, the newest first; along the index of the list. */
async function listOf<Row extends { readonly customer_id: string }>(
  { em, shopId }: World,
  list: List,
  columns: RawBuilder<unknown>,
  customerIds: readonly string[],
  request: PageRequest,
): Promise<Row[]> {
  const place = request.after === null ? null : readPlace(request.after)
  const at = LISTS[list]
  const after = place === null ? sql`` : sql`and (${at}, id) < (${atInstant(place.at)}, ${place.id}::uuid)`
  return rowsOf<Row>(
    em,
    sql`select t.* from unnest(${asUuids(customerIds)}) as w (id)
        cross join lateral (
          select ${columns} from ${sql.table(list)}
          where shop_id = ${shopId} and customer_id = w.id ${after} order by ${at} desc, id desc limit ${request.first + 1}) t`,
  )
}

export async function countOf({ em, shopId }: World, list: List, customerIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await rowsOf<{ customer_id: string; n: string }>(
    em,
    sql`select customer_id, count(*) as n from ${sql.table(list)}
        where shop_id = ${shopId} and customer_id = any(${asUuids(customerIds)}) group by customer_id`,
  )
  return new Map(rows.map((row) => [row.customer_id, Number(row.n)]))
}

export async function listTouches(world: World, customerIds: readonly string[], request: PageRequest): Promise<Touch[]> {
  return (await listOf<TouchColumns>(world, 'touch', TOUCH, customerIds, request)).map(toTouch)
}

type RefusalColumns = {
  readonly id: string
  readonly customer_id: string
  readonly kind: Refusal['kind']
  readonly reason: TouchReason
  readonly purpose: Purpose | null
  readonly channel: TouchChannel | null
  readonly by_channel: Refusal['byChannel']
  readonly campaign_id: string | null
  readonly campaign_code: string | null
  readonly step: number | null
  readonly until: string | null
  readonly is_open: boolean
  readonly first_at: string
  readonly last_at: string
  readonly times: number
}

export async function listRefusals(world: World, customerIds: readonly string[], request: PageRequest): Promise<Refusal[]> {
  const columns = sql`id, customer_id, kind, reason, purpose, channel, by_channel, campaign_id, campaign_code, step, until,
    is_open and until > ${atInstant(instant(world.now - DAY_MS))} as is_open, first_at, last_at, times`
  const rows = await listOf<RefusalColumns>(world, 'touch_refusal', columns, customerIds, request)
  return rows.map(({ customer_id, campaign_id, campaign_code, by_channel, until, is_open, first_at, last_at, ...row }) => ({
    ...row,
    customerId: customer_id,
    campaignId: campaign_id,
    campaignCode: campaign_code,
    byChannel: by_channel,
    until: toInstantOrNull(until),
    isOpen: is_open,
    firstAt: toInstant(first_at),
    lastAt: toInstant(last_at),
  }))
}

type EventColumns = {
  readonly id: string
  readonly customer_id: string
  readonly external_id: string
  readonly kind: EventKind
  readonly subject: string
  readonly at: string
  readonly recorded_at: string
}

export async function listEvents(world: World, customerIds: readonly string[], request: PageRequest): Promise<CustomerEvent[]> {
  const columns = sql`id, customer_id, external_id, kind, subject, at, recorded_at`
  const rows = await listOf<EventColumns>(world, 'customer_event', columns, customerIds, request)
  return rows.map(({ customer_id, external_id, at, recorded_at, ...row }) => ({
    ...row,
    customerId: customer_id,
    externalId: external_id,
    at: toInstant(at),
    recordedAt: toInstant(recorded_at),
  }))
}
