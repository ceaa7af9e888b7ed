import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql'
import { watchGuesses } from '../api/shared/codes.ts'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { refuseUntrusted } from '../api/shared/trusted.ts'
import { toStorefrontCoupon } from '../coupons/coupon.schema.ts'
import type { CustomerRef } from '../customers/customer.model.ts'
import { CustomerRefInput, toCustomerRef } from '../customers/customer.schema.ts'
import { ClaimResult } from './claim.schema.ts'
import { type Claimed, claimCoupon } from './claim.service.ts'

@Resolver()
export class ClaimStorefront {
  @Authorized('STOREFRONT')
  @Mutation(() => ClaimResult, {
    description:
      'Takes a coupon of an offer that may be claimed, or a single-use code that nobody has taken. Shopper token, or plugin key with `customer`; for nobody it is NOT_ELIGIBLE.',
  })
  async claimCoupon(
    @Arg('claimCode', () => String, { description: 'ShopperOffer.claimCode, or a single-use code; in any case.' }) claimCode: string,
    @Arg('idempotencyKey', () => String, {
      description: '8 to 128 printable characters; kept 30 days. The same key with the same input is one act.',
    })
    idempotencyKey: string,
    @Arg('customer', () => CustomerRefInput, { nullable: true, description: 'PLUGIN keys only; else the shopper of the token.' })
    customer: CustomerRefInput | null,
    @Ctx() context: ApiContext,
  ): Promise<typeof ClaimResult> {
    refuseUntrusted(context, 'customer', customer !== null && customer !== undefined)
    const ref = customer ? unwrap(toCustomerRef(customer, 'customer')) : shopperOf(context)
    const claim = async () => unwrap(await claimCoupon(context.world, claimCode, ref, idempotencyKey))
    const claimed = await watchGuesses(context, 1, claim, isUnknown)
    return claimed.kind === 'CLAIMED' ? toStorefrontCoupon(claimed.coupon) : { code: claimed.code, reason: claimed.reason }
  }
}

const shopperOf = ({ caller }: ApiContext): CustomerRef | null =>
  caller.kind === 'PUBLISHABLE' && caller.shopperId !== null ? { by: 'id', value: caller.shopperId } : null

const isUnknown = (claimed: Claimed): number => (claimed.kind === 'UNAVAILABLE' && claimed.reason === 'UNKNOWN' ? 1 : 0)
