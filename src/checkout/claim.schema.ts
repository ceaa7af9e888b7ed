import { createUnionType } from 'type-graphql'
import { StorefrontCoupon } from '../coupons/coupon.schema.ts'
import { OfferUnavailableView } from './reservation.schema.ts'

export const ClaimResult = createUnionType({
  name: 'ClaimResult',
  description: 'What comes of claiming.',
  types: () => [StorefrontCoupon, OfferUnavailableView] as const,
  resolveType: (value) => ('reason' in value ? OfferUnavailableView : StorefrontCoupon),
})
