import { raw, type SqlFragment, sql } from './fragment.ts'

/**
 * Coupons and what their status follows from, by these names: k the coupon, r its offer, v what is in force of that, u the
 * use that was not given back, h the reservation that holds it.
 */
export const couponSource: SqlFragment = raw(
  `coupon k
  join rule r on r.shop_id = k.shop_id and r.id = k.rule_id
  left join rule_version v on v.shop_id = k.shop_id and v.rule_id = k.rule_id and v.state = 'PUBLISHED'
  left join offer_use u on u.shop_id = k.shop_id and u.coupon_id = k.id and u.given_back_at is null
  left join reservation h on h.shop_id = u.shop_id and h.id = u.reservation_id`,
)

/** The first instant at which a coupon is no longer good: none outlives its offer. */
export const couponUntil: SqlFragment = raw(
  `least(k.valid_until, timestamptz 'epoch' + (v.terms ->> 'validUntil')::bigint * interval '1 millisecond')`,
)

/** What becomes of a hold that is over is not waited for: the coupon is free again as soon as it is. */
export const couponStatus = (at: SqlFragment): SqlFragment => sql`(case
  when h.status = 'COMMITTED' then 'USED'
  when k.revoked_at is not null then 'REVOKED'
  when h.status = 'HELD' and h.expires_at > ${at} then 'HELD'
  when ${couponUntil} <= ${at} then 'EXPIRED'
  else 'AVAILABLE' end)`

/** Good enough where a whole statement is one moment. */
export const THIS_MOMENT: SqlFragment = raw('statement_timestamp()')
