import { raw, type SqlFragment } from './fragment.ts'

/**
 * When the customer `c` last reserved a cart that ran out unpaid, as long as nothing came of it: no order of theirs that was not called
 * off was placed since, and no cart that they reserved since is held or became an order. One that was released says nothing. What is written
 * of a hold that is over is not waited for.
 */
export const abandonedCheckoutAt: SqlFragment = raw(`(
  select a.at from (
    select max(h.reserved_at) as at from reservation h
    where h.shop_id = c.shop_id and h.customer_id = c.id
      and (h.status = 'EXPIRED' or (h.status = 'HELD' and h.expires_at <= statement_timestamp()))) a
  where not exists (
      select 1 from shop_order o where o.shop_id = c.shop_id and o.customer_id = c.id and o.placed_at >= a.at and o.status <> 'CANCELLED')
    and not exists (
      select 1 from reservation h where h.shop_id = c.shop_id and h.customer_id = c.id and h.reserved_at > a.at
        and (h.status = 'COMMITTED' or (h.status = 'HELD' and h.expires_at > statement_timestamp()))))`)
