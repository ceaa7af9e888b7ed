import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { Currency, Percentage } from '../api/shared/scalars.ts'
import type { BasisPoints } from '../kernel/money.ts'
import type { Shop } from './shop.model.ts'

export enum Rounding {
  HALF_UP = 'HALF_UP',
  HALF_EVEN = 'HALF_EVEN',
  DOWN = 'DOWN',
}
registerEnumType(Rounding, {
  name: 'Rounding',
  description: 'How a percentage of an amount becomes whole minor units.',
  valuesConfig: {
    HALF_UP: { description: 'To the nearest; ties away from zero.' },
    HALF_EVEN: { description: 'To the nearest; ties to the even neighbour.' },
    DOWN: { description: "What remains to pay is rounded down, in the shopper's favour." },
  },
})

export enum OrderCountsWhen {
  PAID = 'PAID',
  COMPLETED = 'COMPLETED',
}
registerEnumType(OrderCountsWhen, {
  name: 'OrderCountsWhen',
  description: 'From when on an order counts for statistics, tiers and first orders.',
  valuesConfig: { PAID: { description: 'Once it is paid.' }, COMPLETED: { description: 'Once it is completed.' } },
})

const STEP = 'Of the list price: what a tier of a ladder should gain at least over the one below. Less is warned of; 1 by default.'
const JUMP = 'A price that a rule moves by more than this against the prior days is warned of; 20 by default.'
const PRIOR = 'The prior days that new prices are compared with, before something is published; 30 by default.'

@ObjectType('Shop', { description: 'The shop that the key belongs to, as storefronts see it.', simpleResolvers: true })
export class StorefrontShop {
  @Field(() => String, { description: 'Names the shop, also in the text of its keys.' }) code!: string
  @Field(() => String, { description: 'What the shop calls itself.' }) name!: string
  @Field(() => Currency, { description: 'The currency of every Money here.' }) currency!: string
}

@ObjectType('Shop', { description: 'The shop that the key belongs to, with its settings.', simpleResolvers: true })
export class AdminShop {
  @Field(() => String, { description: 'Names the shop, also in the text of its keys.' }) code!: string
  @Field(() => String, { description: 'What the shop calls itself.' }) name!: string
  @Field(() => Currency, { description: 'The currency of every Money here.' }) currency!: string
  @Field(() => String, { description: 'IANA name; days begin at its midnight.' }) timeZone!: string
  @Field(() => Rounding, { description: 'How percentages become whole minor units.' }) rounding!: Shop['rounding']
  @Field(() => String, { nullable: true, description: 'Where private links lead, with {token} in it.' }) privateLinkUrl!: string | null
  @Field(() => String, { nullable: true, description: 'Where /l/<token> sends who opens a private link, with {token} in it.' })
  privateLinkPage!: string | null
  @Field(() => OrderCountsWhen, { description: 'From when on an order counts.' }) orderCountsWhen!: Shop['orderCountsWhen']
  @Field(() => Percentage, { description: 'No price falls more than this below list.' }) maxDiscount!: BasisPoints
  @Field(() => Percentage, { description: STEP }) minTierStep!: BasisPoints
  @Field(() => Percentage, { description: JUMP }) maxPriceJump!: BasisPoints
  @Field(() => Int, { description: PRIOR }) priorPriceDays!: number
}

@InputType('ShopInput', { description: 'What to change of the shop; what is left out stays.' })
export class ShopInput {
  @Field(() => String, { nullable: true, description: '1 to 200 characters.' }) name?: string | null
  @Field(() => String, { nullable: true, description: 'IANA name such as Asia/Shanghai.' }) timeZone?: string | null
  @Field(() => Currency, { nullable: true, description: 'Only while the shop has no money in it yet.' }) currency?: string | null
  @Field(() => String, {
    nullable: true,
    description:
      "Where private links lead, with {token} in it: the address that is handed out. With this server's /l/{token} in it opens are counted.",
  })
  privateLinkUrl?: string | null
  @Field(() => String, {
    nullable: true,
    description:
      "The storefront's page for private links, with {token} in it: where /l/<token> sends who opens one. Not needed where privateLinkUrl is that page.",
  })
  privateLinkPage?: string | null
  @Field(() => OrderCountsWhen, { nullable: true, description: 'Orders are counted anew when this changes.' })
  orderCountsWhen?: OrderCountsWhen | null
  @Field(() => Rounding, { nullable: true, description: 'How percentages become whole minor units.' }) rounding?: Rounding | null
  @Field(() => Percentage, { nullable: true, description: 'No price falls more than this below list; 100 is no limit.' })
  maxDiscount?: BasisPoints | null
  @Field(() => Percentage, { nullable: true, description: STEP }) minTierStep?: BasisPoints | null
  @Field(() => Percentage, { nullable: true, description: JUMP }) maxPriceJump?: BasisPoints | null
  @Field(() => Int, { nullable: true, description: `${PRIOR} 1 to 365.` }) priorPriceDays?: number | null
}

export const toStorefrontShop = ({ code, name, currency }: Shop): StorefrontShop => ({ code, name, currency })
export const toAdminShop = ({ id: _, maxDiscountBp, minTierStepBp, maxPriceJumpBp, ...shop }: Shop): AdminShop => ({
  ...shop,
  maxDiscount: maxDiscountBp as BasisPoints,
  minTierStep: minTierStepBp as BasisPoints,
  maxPriceJump: maxPriceJumpBp as BasisPoints,
})
