import { defineEntity, p } from '@mikro-orm/core'
import type { Id } from '../kernel/id.ts'
import type { LinkItem } from '../pricing/cart.ts'
import { atInstant, sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { EndedBy, LinkStatus, PrivateLink } from './link.model.ts'

export const PrivateLinkRow = defineEntity({
  name: 'PrivateLinkRow',
  tableName: 'private_link',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    tokenHash: p.blob(),
    name: p.text(),
    note: p.text().nullable(),
    message: p.text().nullable(),
    namesPeople: p.boolean(),
    audience: p.text().nullable(),
    items: p.json<readonly LinkItem[]>(),
    validFrom: p.datetime().nullable(),
    validUntil: p.datetime().nullable(),
    maxUses: p.integer().nullable(),
    maxUsesPerCustomer: p.integer().nullable(),
    uses: p.integer().default(0),
    opens: p.integer().default(0),
    batchId: p.uuid().nullable(),
    createdAt: p.datetime(),
    revokedAt: p.datetime().nullable(),
  },
})

export const PrivateLinkCustomerRow = defineEntity({
  name: 'PrivateLinkCustomerRow',
  tableName: 'private_link_customer',
  properties: { shopId: p.integer().primary(), linkId: p.uuid().primary(), customerId: p.uuid().primary() },
})

export const LinkUseRow = defineEntity({
  name: 'LinkUseRow',
  tableName: 'link_use',
  properties: {
    shopId: p.integer().primary(),
    reservationId: p.uuid().primary(),
    linkId: p.uuid(),
    state: p.text().$type<'HELD' | 'USED' | 'GIVEN_BACK'>(),
    taken: p.bigint('number'),
    lineIds: p.array(),
  },
})

/** Columns of `private_link l`; its uses and its status come beside them (link.store.ts). */
export const LINK = sql`l.id, l.name, l.note, l.message, l.names_people, l.audience, l.items, l.valid_from, l.valid_until, l.max_uses,
  l.max_uses_per_customer, l.opens, l.batch_id, l.created_at, l.revoked_at`

/** Whether a `reservation h` held and is over. */
export const isOver = (endedBy: EndedBy) =>
  sql`(h.status = 'HELD' and h.expires_at <= ${endedBy === null ? sql`clock_timestamp()` : atInstant(endedBy)})`

export type LinkColumns = {
  id: string
  name: string
  note: string | null
  message: string | null
  status: LinkStatus
  names_people: boolean
  audience: string | null
  items: readonly LinkItem[]
  valid_from: string | null
  valid_until: string | null
  max_uses: number | null
  max_uses_per_customer: number | null
  uses: number
  opens: number
  batch_id: string | null
  created_at: string
  revoked_at: string | null
}

export const toLink = (row: LinkColumns): PrivateLink => ({
  id: row.id as Id<'PrivateLink'>,
  name: row.name,
  note: row.note,
  message: row.message,
  status: row.status,
  namesPeople: row.names_people,
  audience: row.audience,
  items: row.items,
  validFrom: toInstantOrNull(row.valid_from),
  validUntil: toInstantOrNull(row.valid_until),
  maxUses: row.max_uses,
  maxUsesPerCustomer: row.max_uses_per_customer,
  uses: row.uses,
  opens: row.opens,
  batchId: row.batch_id,
  createdAt: toInstant(row.created_at),
  revokedAt: toInstantOrNull(row.revoked_at),
})
