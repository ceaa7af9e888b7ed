import { Field, InputType, Int } from 'type-graphql'
import { Money } from '../api/shared/scalars.ts'
import type { Minor } from '../kernel/money.ts'

@InputType('PriceItemInput', { description: 'A product whose price is asked for.' })
export class PriceItemInput {
  @Field(() => String, { description: 'Which product.' }) sku!: string
  @Field(() => Int, { nullable: true, defaultValue: 1, description: 'How many; 1 to 1,000,000.' }) quantity?: number | null
  @Field(() => Money, { nullable: true, description: "Trusted callers only; else the catalogue's." }) listPrice?: Minor | null
}

@InputType('CartLineInput', { description: 'A line of a cart.' })
export class CartLineInput {
  @Field(() => String, { nullable: true, description: "The caller's own name of the line, echoed; default: its index." }) id?: string | null
  @Field(() => String, { description: 'Which product.' }) sku!: string
  @Field(() => Int, { description: 'How many; 1 to 1,000,000.' }) quantity!: number
  @Field(() => Money, { nullable: true, description: "Trusted callers only; else the catalogue's." }) listPrice?: Minor | null
}

@InputType('CartInput', { description: 'What the shopper is about to buy.' })
export class CartInput {
  @Field(() => [CartLineInput], { description: 'At most 500; the order in which they are written changes no amount.' })
  lines!: CartLineInput[]
  @Field(() => [String], { nullable: true, description: 'What the shopper typed; at most 20.' }) codes?: string[] | null
  @Field(() => String, { nullable: true, description: 'Of the private link by which the shopper came.' }) privateLinkToken?: string | null
}
