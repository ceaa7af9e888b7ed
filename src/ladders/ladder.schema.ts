import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import type { RuleOf, RuleVersion } from '../pricebook/rule.model.ts'
import { AdjustmentInput, AdjustmentView, RuleStatus, toAdjustmentView } from '../pricebook/rule.schema.ts'
import type { TierOf } from '../pricebook/terms.model.ts'
import { TermsInput, toVersionView, VersionView } from '../pricebook/terms.schema.ts'
import type { Ladder } from '../pricing/rule.ts'
import { AdminTier } from '../tiers/tier.schema.ts'

@InputType('RungInput', { description: 'What a tier pays from a quantity on; higher tiers have it too.' })
export class RungInput {
  @Field(() => String, { nullable: true, description: 'Absent: everyone.' }) tierCode?: string | null
  @Field(() => Int, { nullable: true, defaultValue: 1, description: 'Units of the cart line; 1 to 1000000.' }) minQuantity?: number | null
  @Field(() => AdjustmentInput, { description: 'Of the list price.' }) adjustment!: AdjustmentInput
}

@InputType('LadderInput', { description: 'A member-discount ladder, whole.' })
export class LadderInput extends TermsInput {
  @Field(() => [RungInput], { description: '1 to 100, in any order: of those that a shopper has, the lowest price counts.' })
  rungs!: RungInput[]
}

@ObjectType('Rung', { description: 'What a tier pays from a quantity on; higher tiers have it too.', simpleResolvers: true })
export class RungView {
  @Field(() => AdminTier, { nullable: true, description: 'Null: everyone, or a tier that is gone (an old version may name one).' })
  tier!: AdminTier | null
  @Field(() => String, { nullable: true, description: 'The code of the tier, also where it is gone; null: everyone.' })
  tierCode!: string | null
  @Field(() => Int, { description: 'Units of the cart line.' }) minQuantity!: number
  @Field(() => AdjustmentView, { description: 'Of the list price.' }) adjustment!: AdjustmentView
}

@ObjectType('LadderVersion', {
  description: 'Everything that LadderInput holds, so that it can be loaded, edited and saved.',
  simpleResolvers: true,
})
export class LadderVersionView extends VersionView {
  @Field(() => [RungView], { description: 'As they were saved.' }) rungs!: RungView[]
}

@ObjectType('Ladder', { description: 'A member-discount ladder: the price of each tier and quantity.', simpleResolvers: true })
export class LadderView {
  @Field(() => ID, { description: 'Stays the same over all versions.' }) id!: string
  @Field(() => String, { description: 'In the case it was first written in.' }) code!: string
  @Field(() => RuleStatus, { description: 'Where it stands.' }) status!: RuleOf<'LADDER'>['status']
  @Field(() => LadderVersionView, { nullable: true, description: 'What is being edited.' }) draft!: LadderVersionView | null
  @Field(() => LadderVersionView, { nullable: true, description: 'What is in force.' }) published!: LadderVersionView | null
}

@ObjectType('LadderConnection', { description: 'Ladders in the order of their codes.', simpleResolvers: true })
export class LadderConnectionView extends connectionOf(LadderView) {}

export const toLadderView = ({ id, code, status, draft, published }: RuleOf<'LADDER'>, tierOf: TierOf): LadderView => ({
  id,
  code,
  status,
  draft: draft && toLadderVersionView(draft, tierOf),
  published: published && toLadderVersionView(published, tierOf),
})

export const toLadderVersionView = (version: RuleVersion<Ladder>, tierOf: TierOf): LadderVersionView => ({
  ...toVersionView(version),
  rungs: version.terms.rungs.map(({ tierCode, minQuantity, adjustment }) => ({
    tier: tierCode === null ? null : (tierOf(tierCode) ?? null),
    tierCode,
    minQuantity,
    adjustment: toAdjustmentView(adjustment),
  })),
})
