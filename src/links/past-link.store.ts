import type { Instant } from '../kernel/clock.ts'
import { atInstant, rowOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { PrivateLink } from './link.model.ts'
import { LINK, type LinkColumns, toLink } from './link.row.ts'

// Counters say how often a link is used by now. How often it was by an instant follows from the reservations themselves.

/** The uses of links that counted at an instant: taken by then, and not over. An order's stays. */
const usesAt = (shopId: number, at: Instant) => sql`link_use x
  join reservation h on h.shop_id = x.shop_id and h.id = x.reservation_id and h.reserved_at <= ${atInstant(at)}
    and not (h.status in ('HELD', 'EXPIRED') and h.expires_at <= ${atInstant(at)})
    and not (h.status = 'RELEASED' and h.ended_at <= ${atInstant(at)})
  where x.shop_id = ${shopId}`

/** The link of a token as it stood at an instant; null for one that was not there. Staff ask so: nobody guesses here. */
export async function findLinkThen(
  { em, shopId }: World,
  hash: Buffer,
  at: Instant,
): Promise<{ readonly link: PrivateLink; readonly isMeant: true } | null> {
  const row = await rowOf<LinkColumns>(
    em,
    sql`select ${LINK}, u.uses, case when l.revoked_at <= ${atInstant(at)} then 'REVOKED' when l.valid_until <= ${atInstant(at)} then 'EXPIRED'
          when u.uses >= l.max_uses then 'USED_UP' else 'ACTIVE' end as status
        from private_link l cross join lateral (select count(*)::integer as uses from ${usesAt(shopId, at)} and x.link_id = l.id) u
        where l.shop_id = ${shopId} and l.token_hash = decode(${hash.toString('hex')}, 'hex') and l.created_at <= ${atInstant(at)}`,
  )
  return row && { link: toLink(row), isMeant: true }
}

/** How often a customer had used a link by then. */
export async function countUsesThen({ em, shopId }: World, linkId: string, customerId: string, at: Instant): Promise<number> {
  const row = await rowOf<{ n: string }>(
    em,
    sql`select count(*) as n from ${usesAt(shopId, at)} and x.link_id = ${linkId}::uuid and h.customer_id = ${customerId}::uuid`,
  )
  return Number(row?.n ?? 0)
}
