import { Field, Int, ObjectType } from 'type-graphql'
import { DateTime, Money } from '../api/shared/scalars.ts'
import type { Minor } from '../kernel/money.ts'
import type { TierPricePoint } from './tier-price.model.ts'

@ObjectType('PastTierPrice', { description: 'What a tier paid for one unit.', simpleResolvers: true })
export class PastTierPriceView {
  @Field(() => String, { nullable: true, description: 'The tier, of the programme of then; null: somebody who is not identified.' })
  tierCode!: string | null
  @Field(() => String, { nullable: true, description: 'What it was called then.' }) tierName!: string | null
  @Field(() => Money, { description: 'The member price.' }) price!: Minor
}

@ObjectType('TierPricePoint', { description: 'What everybody paid for a product from an instant on.', simpleResolvers: true })
export class TierPricePointView {
  @Field(() => DateTime, { description: 'Since when; until the next entry.' }) since!: Date
  @Field(() => Money, { description: 'The unit price before any rule.' }) listPrice!: Minor
  @Field(() => Money, { nullable: true, description: 'The lowest that rules could reach.' }) floorPrice!: Minor | null
  @Field(() => Money, { nullable: true, description: 'What it cost the shop.' }) costPrice!: Minor | null
  @Field(() => Int, { description: 'The version of the price book that was in force.' }) bookVersion!: number
  @Field(() => [PastTierPriceView], { description: 'Somebody who is not identified first, then each tier, the lowest first.' })
  prices!: readonly PastTierPriceView[]
}

export const toTierPricePointView = ({ since, prices, ...point }: TierPricePoint): TierPricePointView => ({
  ...point,
  since: new Date(since),
  prices: prices.map(({ tier, price }) => ({ tierCode: tier?.code ?? null, tierName: tier?.name ?? null, price })),
})
