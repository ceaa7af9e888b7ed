import { Field, InputType, Int, ObjectType } from 'type-graphql'
import { DateTime } from '../api/shared/scalars.ts'
import type { CouponTerms } from '../pricing/rule.ts'

@InputType('CouponTermsInput', { description: 'CODE offers of which customers own coupons.' })
export class CouponTermsInput {
  @Field(() => Boolean, { nullable: true, defaultValue: false, description: 'Whether shoppers may take one themselves (claimCoupon).' })
  claimable?: boolean | null
  @Field(() => Int, { nullable: true, description: 'From 1: so many may be claimed in all. Absent: any number.' }) stock?: number | null
  @Field(() => Int, { nullable: true, defaultValue: 1, description: '1 to 1000: so many may be claimed by one customer.' })
  perCustomer?: number | null
  @Field(() => Int, {
    nullable: true,
    description: '1 to 3660: so many times 24 hours a coupon is good from its issue on. Absent: as long as the offer is.',
  })
  validDays?: number | null
  @Field(() => DateTime, { nullable: true, description: 'From when it may be claimed; absent: from validFrom of the offer.' })
  claimFrom?: Date | null
  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when it may be claimed, excluded, and after claimFrom; absent: until validUntil of the offer.',
  })
  claimUntil?: Date | null
}

@ObjectType('CouponTerms', { description: 'What holds for coupons of an offer.', simpleResolvers: true })
export class CouponTermsView {
  @Field(() => Boolean, { description: 'Whether shoppers may take one themselves.' }) claimable!: boolean
  @Field(() => Int, { nullable: true, description: 'So many may be claimed in all; null: any number.' }) stock!: number | null
  @Field(() => Int, { description: 'So many may be claimed by one customer.' }) perCustomer!: number
  @Field(() => Int, {
    nullable: true,
    description: 'So many times 24 hours a coupon is good from its issue on; null: as long as the offer.',
  })
  validDays!: number | null
  @Field(() => DateTime, { nullable: true, description: 'From when it may be claimed; null: from validFrom of the offer.' })
  claimFrom!: Date | null
  @Field(() => DateTime, { nullable: true, description: 'Until when it may be claimed, excluded; null: until validUntil of the offer.' })
  claimUntil!: Date | null
}

export const toCouponTermsView = ({ claimFrom, claimUntil, ...terms }: CouponTerms): CouponTermsView => ({
  ...terms,
  claimFrom: claimFrom == null ? null : new Date(claimFrom),
  claimUntil: claimUntil == null ? null : new Date(claimUntil),
})
