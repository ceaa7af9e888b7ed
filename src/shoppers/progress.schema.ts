import { Field, ObjectType, registerEnumType } from 'type-graphql'
import { Percentage } from '../api/shared/scalars.ts'
import type { BasisPoints } from '../kernel/money.ts'
import { TierConditionView } from '../tiers/reason.schema.ts'
import { AdminTier, StorefrontTier } from '../tiers/tier.schema.ts'

export enum TierGainKind {
  LADDER = 'LADDER',
  OFFER = 'OFFER',
  GIFT = 'GIFT',
}
registerEnumType(TierGainKind, {
  name: 'TierGainKind',
  description: 'What a tier opens.',
  valuesConfig: {
    LADDER: { description: 'Member prices, or better ones.' },
    OFFER: { description: 'An offer, or a better step of one.' },
    GIFT: { description: 'A gift with an offer.' },
  },
})

@ObjectType('TierGain', { description: 'Something that a tier opens.', simpleResolvers: true })
export class TierGainView {
  @Field(() => String, { description: 'What the shop calls the ladder or offer.' }) name!: string
  @Field(() => TierGainKind, { description: 'What it is.' }) kind!: 'LADDER' | 'OFFER' | 'GIFT'
  @Field(() => Percentage, {
    nullable: true,
    description: 'The most that it takes off; null: it takes no share, but amounts, or gives something.',
  })
  percentOff!: BasisPoints | null
}

const CONDITIONS =
  "One entry a condition of the tier's qualification that is a figure to be reached; what is no figure (a tag, an either-or) is left out."
const GAINS = 'What is in force now and comes by itself with that tier, and is not theirs yet. Codes and coupons are not told.'

@ObjectType('TierProgress', { description: 'The next tier up and what is still missing for it.', simpleResolvers: true })
export class TierProgressView {
  @Field(() => StorefrontTier, { description: 'The next tier up.' }) tier!: StorefrontTier
  @Field(() => [TierConditionView], { description: CONDITIONS }) conditions!: readonly TierConditionView[]
  @Field(() => [TierGainView], { description: GAINS }) gains!: readonly TierGainView[]
}

@ObjectType('TierProgress', { description: 'The next tier up and what is still missing for it.', simpleResolvers: true })
export class AdminTierProgressView {
  @Field(() => AdminTier, { description: 'The next tier up.' }) tier!: AdminTier
  @Field(() => [TierConditionView], { description: CONDITIONS }) conditions!: readonly TierConditionView[]
  @Field(() => [TierGainView], { description: GAINS }) gains!: readonly TierGainView[]
}
