import { Field, Float, ObjectType } from 'type-graphql'
import { connectionOf } from '../api/shared/paging.ts'
import { Money } from '../api/shared/scalars.ts'
import type { Minor } from '../kernel/money.ts'
import type { FullPriceBuyer, FullPriceTotal, OwedPurchase } from './full-price.model.ts'

@ObjectType('FullPricePurchase', {
  description: 'What a customer bought of a product at its full list price, and kept.',
  simpleResolvers: true,
})
export class FullPricePurchaseView {
  @Field(() => String, { description: 'Which product.' }) sku!: string
  @Field(() => Float, { description: 'Units that were not returned; a whole number.' }) units!: number
  @Field(() => Money, { description: 'What was paid for them.' }) paid!: Minor
  @Field(() => Money, { description: 'What this customer pays for one today.' }) memberPrice!: Minor
  @Field(() => Money, { description: 'What was paid less memberPrice x units; 0 where they would pay no less today.' }) owed!: Minor
}

/** Its customer is resolved when it is asked for (full-price.admin.ts). */
@ObjectType('FullPriceBuyer', { description: 'A customer who paid the full list price lately.', simpleResolvers: true })
export class FullPriceBuyerView {
  customerId!: string
  @Field(() => Float, { description: 'Units of all these skus together; a whole number.' }) units!: number
  @Field(() => Money, { description: 'What was paid for them.' }) paid!: Minor
  @Field(() => Money, { description: "What they would have saved at today's member prices." }) owed!: Minor
  @Field(() => [FullPricePurchaseView], { description: "By sku, in the order of the skus' bytes." }) purchases!: readonly OwedPurchase[]
}

@ObjectType('FullPriceTotal', { description: 'All who paid the full list price lately, together.', simpleResolvers: true })
export class FullPriceTotalView {
  @Field(() => Float, { description: 'How many there are; a whole number.' }) customers!: number
  @Field(() => Float, { description: 'Units that they kept; a whole number.' }) units!: number
  @Field(() => Money, { description: 'What they paid.' }) paid!: Minor
  @Field(() => Money, { description: 'What making good the difference would cost.' }) owed!: Minor
}

@ObjectType('FullPriceBuyerConnection', { description: 'A page of customers who paid the full list price lately.', simpleResolvers: true })
export class FullPriceBuyerConnection extends connectionOf(FullPriceBuyerView) {
  @Field(() => FullPriceTotalView, {
    description: 'All of them together. Each is priced: worked out only when asked for, for at most 50,000 customers (TOO_MANY_ITEMS).',
  })
  total!: FullPriceTotal | (() => Promise<FullPriceTotal>)
}

export function toFullPriceBuyerView({ customerId, purchases }: FullPriceBuyer): FullPriceBuyerView {
  const sumOf = (figure: 'units' | 'paid' | 'owed') => purchases.reduce((sum, purchase) => sum + purchase[figure], 0)
  return { customerId, units: sumOf('units'), paid: sumOf('paid') as Minor, owed: sumOf('owed') as Minor, purchases }
}
