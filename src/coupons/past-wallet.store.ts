import type { Instant } from '../kernel/clock.ts'
import { codeKey } from '../pricebook/rule.model.ts'
import { asTexts, atInstant, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Coupon } from './coupon.model.ts'
import { type CouponFigures, toCoupon } from './coupon.row.ts'
import { offerName, open } from './coupon.store.ts'

/** The use that a coupon had at an instant: taken by then, and neither given back nor over. */
const useAt = (at: Instant) => sql`lateral (
  select h.status = 'COMMITTED' and h.ended_at <= ${atInstant(at)} as is_order
  from offer_use x join reservation h on h.shop_id = x.shop_id and h.id = x.reservation_id
  where x.shop_id = k.shop_id and x.coupon_id = k.id and h.reserved_at <= ${atInstant(at)}
    and not (h.status in ('HELD', 'EXPIRED') and h.expires_at <= ${atInstant(at)})
    and (x.given_back_at is null or x.given_back_at > ${atInstant(at)}) limit 1)`

/**
 * The coupons of these codes that a customer has or may take, as they stood at an instant: those issued later were not
 * there. When their offers ended is left to the rules of then.
 */
export async function findNamedThen({ em, shopId }: World, customerId: string, codes: readonly string[], at: Instant): Promise<Coupon[]> {
  const rows = await rowsOf<CouponFigures>(
    em,
    sql`select k.id, k.code, r.code as offer_code, ${offerName} as offer_name, k.customer_id, k.issued_at, k.valid_until,
          case when u.is_order then 'USED' when k.revoked_at <= ${atInstant(at)} then 'REVOKED' when u.is_order is not null then 'HELD'
            when k.valid_until <= ${atInstant(at)} then 'EXPIRED' else 'AVAILABLE' end as status
        from coupon k join rule r on r.shop_id = k.shop_id and r.id = k.rule_id
        left join rule_version v on v.shop_id = k.shop_id and v.rule_id = k.rule_id and v.state = 'PUBLISHED'
        left join ${useAt(at)} u on true
        where k.shop_id = ${shopId} and k.code_key = any(${asTexts(codes.map(codeKey))}) and ${open(customerId)}
          and k.issued_at <= ${atInstant(at)}
        order by k.code_key`,
  )
  return rows.map(toCoupon)
}
