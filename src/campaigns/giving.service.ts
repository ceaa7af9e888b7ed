import { goodUntil, issuable } from '../coupons/coupon.rules.ts'
import { couponsByIds } from '../coupons/coupon.service.ts'
import { shareOwners } from '../coupons/coupon.store.ts'
import { makeCoupons } from '../coupons/issuing.service.ts'
