import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { DateTime } from '../api/shared/scalars.ts'
import type { Coupon, CouponBatch } from './coupon.model.ts'

export enum CouponStatus {
  AVAILABLE = 'AVAILABLE',
  HELD = 'HELD',
  USED = 'USED',
  EXPIRED = 'EXPIRED',
  REVOKED = 'REVOKED',
}
registerEnumType(CouponStatus, {
  name: 'CouponStatus',
  description: 'What became of a coupon.',
  valuesConfig: {
    AVAILABLE: { description: 'It can be used, as far as its offer holds.' },
    HELD: { description: 'A reservation holds it.' },
    USED: { description: 'An order has it.' },
    EXPIRED: { description: 'Its time, or that of its offer, is over.' },
    REVOKED: { description: 'It was called back.' },
  },
})

const CODE = 'What goes into a cart: 12 letters and figures, none easily taken for another, without regard to case.'
const VALID_UNTIL = 'The first instant at which it is no longer good, never later than its offer; null: no end is set.'

@ObjectType('Coupon', { description: "A customer's right to use an offer once.", simpleResolvers: true })
export class StorefrontCoupon {
  @Field(() => String, { description: CODE }) code!: string
  @Field(() => String, { description: 'What the shop calls its offer.' }) offerName!: string
  @Field(() => CouponStatus, { description: 'What became of it.' }) status!: Coupon['status']
  @Field(() => DateTime, { nullable: true, description: VALID_UNTIL }) validUntil!: Date | null
}

@ObjectType('Coupon', { description: "A customer's right to use a CODE offer once.", simpleResolvers: true })
export class AdminCoupon {
  @Field(() => String, { description: CODE }) code!: string
  @Field(() => String, { description: 'The offer that it opens.' }) offerCode!: string
  @Field(() => CouponStatus, { description: 'What became of it.' }) status!: Coupon['status']
  @Field(() => DateTime, { description: 'When it was issued or claimed; of a single-use code, when it was made.' }) issuedAt!: Date
  @Field(() => DateTime, { nullable: true, description: VALID_UNTIL }) validUntil!: Date | null
  /** For the field that is resolved beside this; not in the API itself. */
  customerId!: Coupon['customerId']
}

@ObjectType('CouponConnection', { description: 'A page of coupons.', simpleResolvers: true })
export class CouponConnection extends connectionOf(AdminCoupon) {}

@ObjectType('CouponBatch', {
  description: 'Single-use codes of an offer, made in one go. Each belongs to nobody until an identified shopper uses or claims it.',
  simpleResolvers: true,
})
export class CouponBatchView {
  @Field(() => ID, { description: 'Stays the same.' }) id!: string
  @Field(() => String, { description: 'The offer that they open.' }) offerCode!: string
  @Field(() => String, { description: 'What the shop calls it.' }) offerName!: string
  @Field(() => Int, { description: 'How many there are.' }) count!: number
  @Field(() => DateTime, {
    nullable: true,
    description: 'The first instant at which they are no longer good; null: as long as the offer is.',
  })
  validUntil!: Date | null
  @Field(() => DateTime, { description: 'When they were made.' }) createdAt!: Date
}

@ObjectType('CouponBatchConnection', { description: 'A page of batches.', simpleResolvers: true })
export class CouponBatchConnection extends connectionOf(CouponBatchView) {}

const dateOf = (at: Coupon['validUntil']): Date | null => (at === null ? null : new Date(at))

export const toStorefrontCoupon = ({ code, offerName, status, validUntil }: Coupon): StorefrontCoupon => ({
  code,
  offerName,
  status,
  validUntil: dateOf(validUntil),
})

export const toAdminCoupon = ({ code, offerCode, status, issuedAt, validUntil, customerId }: Coupon): AdminCoupon => ({
  code,
  offerCode,
  status,
  issuedAt: new Date(issuedAt),
  validUntil: dateOf(validUntil),
  customerId,
})

export const toBatchView = ({ id, offerCode, offerName, codes, validUntil, createdAt }: CouponBatch): CouponBatchView => ({
  id,
  offerCode,
  offerName,
  count: codes,
  validUntil: dateOf(validUntil),
  createdAt: new Date(createdAt),
})
