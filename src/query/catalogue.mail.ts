import { oneOf } from './column.ts'
import { raw, type SqlFragment, sql } from './fragment.ts'
import type { FunctionParameter, QueryFunction } from './function.ts'

// Shopify's words for what became of the emails that a shop sent: here of our own messages by email, campaigns' and others.

/** The code of the campaign that it was sent for, or of the template that it was written from. */
const activity: FunctionParameter = {
  type: 'id',
  holds: (wanted) =>
    sql`(${oneOf(raw('g.template_code'), wanted)} or (g.campaign_code is not null and ${oneOf(raw('g.campaign_code'), wanted)}))`,
  missing: raw('false'),
}

/** A row is an email, however often that happened to it. */
const mail = (what: string, from: SqlFragment, where: SqlFragment, at: string): QueryFunction => ({
  name: `shopify_email.${what}`,
  from,
  where: sql`(g.channel = 'EMAIL' and ${where})`,
  shop: raw('g.shop_id'),
  customer: raw('g.customer_id'),
  parameters: {
    activity_id: activity,
    date: { type: 'date', sql: raw(at), absent: 'NEVER' },
    count: { type: 'integer', sql: raw('count(distinct g.id)'), absent: 'NEVER', total: true },
  },
})

const MESSAGE = raw('message g')
const sentAt = 'coalesce(g.sent_at, g.queued_at)'
const event = (what: string, kind: string): QueryFunction =>
  mail(what, raw('message g join message_event v on v.shop_id = g.shop_id and v.message_id = g.id'), raw(`v.kind = '${kind}'`), 'v.at')

export const mailFunctions: readonly QueryFunction[] = [
  // A mail server says no more than that it took it: what it took and what did not come back was delivered.
  mail('delivered', MESSAGE, raw("g.status in ('SENT', 'DELIVERED')"), sentAt),
  event('opened', 'OPENED'),
  event('clicked', 'CLICKED'),
  mail('bounced', MESSAGE, raw("g.status = 'BOUNCED'"), sentAt),
  event('unsubscribed', 'UNSUBSCRIBED'),
]
