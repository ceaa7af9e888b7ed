import { Injectable } from '@nestjs/common'
import {
  CouponCodeExpiredError,
  CouponCodeInvalidError,
  CouponCodeLimitError,
  type ID,
  isGraphQlErrorResult,
  OrderService,
  type RequestContext,
} from '@vendure/core'
import { Checkouts } from '../checkout/checkouts'
import type { Outcome } from '../engine/words'
import { Carts } from './cart'
import { Quotes } from './quotes'

/** The engine's codes and coupons in an order, beside Vendure's own. */
@Injectable()
export class Codes {
  constructor(
    private readonly orders: OrderService,
    private readonly checkouts: Checkouts,
    private readonly quotes: Quotes,
    private readonly carts: Carts,
  ) {}

  /** Vendure is asked first; what it does not know may be a code of the engine. */
  async apply(ctx: RequestContext, orderId: ID, couponCode: string) {
    const own = await this.orders.applyCouponCode(ctx, orderId, couponCode)
    if (!isGraphQlErrorResult(own) || own.__typename !== 'CouponCodeInvalidError') return own
    const order = await this.carts.load(ctx, orderId)
    const checkout = await this.checkouts.of(ctx, orderId)
    if (checkout.codes.some((code) => isSame(code, couponCode))) return order
    const codes = [...checkout.codes, couponCode]
    const quote = await this.quotes.fresh(ctx, order, { codes, linkToken: checkout.linkToken })
    if (quote === null) return own
    const refused = quote.refusedCodes.find(({ code }) => isSame(code, couponCode))
    const error = refused && refusal(couponCode, refused.outcome)
    if (error) return error
    await this.checkouts.change(ctx, orderId, { codes })
    return this.orders.applyPriceAdjustments(ctx, order)
  }

  async remove(ctx: RequestContext, orderId: ID, couponCode: string) {
    const checkout = await this.checkouts.find(ctx, orderId)
    const codes = checkout?.codes.filter((code) => !isSame(code, couponCode))
    if (checkout === null || codes === undefined || codes.length === checkout.codes.length) {
      return this.orders.removeCouponCode(ctx, orderId, couponCode)
    }
    await this.checkouts.change(ctx, orderId, { codes })
    return this.orders.applyPriceAdjustments(ctx, await this.carts.load(ctx, orderId))
  }
}

function isSame(a: string, b: string): boolean {
  return a.toUpperCase() === b.toUpperCase()
}

/** Null: it may stay. It does nothing yet, as a Vendure code whose conditions are not met, and Order.regulars says why. */
function refusal(couponCode: string, outcome: Outcome) {
  switch (outcome) {
    case 'UNKNOWN_CODE':
    case 'NOT_IN_AUDIENCE':
    case 'NOT_FIRST_ORDER':
      return new CouponCodeInvalidError({ couponCode })
    case 'NOT_LIVE':
      return new CouponCodeExpiredError({ couponCode })
    case 'LIMIT_REACHED':
      return new CouponCodeLimitError({ couponCode, limit: 0 })
    default:
      return null
  }
}
