import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime, Money } from '../api/shared/scalars.ts'
import type { Minor } from '../kernel/money.ts'
import { PrizeView } from '../offers/surprise.schema.ts'
import type { Quote } from '../pricing/quote.ts'

export enum RuleKind {
  LADDER = 'LADDER',
  OFFER = 'OFFER',
  PRIVATE_LINK = 'PRIVATE_LINK',
}
registerEnumType(RuleKind, {
  name: 'RuleKind',
  description: 'What kind of rule made a price.',
  valuesConfig: {
    LADDER: { description: 'A member-discount ladder.' },
    OFFER: { description: 'An offer.' },
    PRIVATE_LINK: { description: 'A private purchase link.' },
  },
})

export enum RuleOutcome {
  APPLIED = 'APPLIED',
  BEATEN = 'BEATEN',
  NOT_IN_SCOPE = 'NOT_IN_SCOPE',
  NOT_IN_AUDIENCE = 'NOT_IN_AUDIENCE',
  TIER_TOO_LOW = 'TIER_TOO_LOW',
  QUANTITY_TOO_LOW = 'QUANTITY_TOO_LOW',
  QUANTITY_TOO_HIGH = 'QUANTITY_TOO_HIGH',
  SUBTOTAL_TOO_LOW = 'SUBTOTAL_TOO_LOW',
  NOT_LIVE = 'NOT_LIVE',
  NOT_FIRST_ORDER = 'NOT_FIRST_ORDER',
  ALREADY_DISCOUNTED = 'ALREADY_DISCOUNTED',
  LIMIT_REACHED = 'LIMIT_REACHED',
  UNKNOWN_CODE = 'UNKNOWN_CODE',
}
registerEnumType(RuleOutcome, {
  name: 'RuleOutcome',
  description: 'What became of a rule.',
  valuesConfig: {
    APPLIED: { description: 'It lowered the price, or gave a gift, a surprise or free shipping.' },
    BEATEN: { description: 'Another rule gave a better price.' },
    NOT_IN_SCOPE: { description: 'It does not reach this product, or nothing in the cart.' },
    NOT_IN_AUDIENCE: { description: 'It is for others.' },
    TIER_TOO_LOW: { description: 'It is for higher tiers.' },
    QUANTITY_TOO_LOW: { description: 'It needs more units.' },
    QUANTITY_TOO_HIGH: { description: 'It does not reach so many units.' },
    SUBTOTAL_TOO_LOW: { description: 'It needs a larger subtotal.' },
    NOT_LIVE: { description: 'It is not published, or not at this time.' },
    NOT_FIRST_ORDER: { description: 'It is for first orders.' },
    ALREADY_DISCOUNTED: { description: 'It is for goods at list price.' },
    LIMIT_REACHED: { description: 'Nothing of it is left.' },
    UNKNOWN_CODE: { description: 'No rule has this code.' },
  },
})

@ObjectType('AppliedRule', { description: 'A rule that took something.', simpleResolvers: true })
export class AppliedRuleView {
  @Field(() => RuleKind, { description: 'What kind of rule.' }) kind!: RuleKind | keyof typeof RuleKind
  @Field(() => String, { description: "The rule's code." }) code!: string
  @Field(() => String, { description: "The rule's name." }) name!: string
  @Field(() => Money, { description: 'What the rule took, of one unit (memberPrices) or of the whole line or order (quote).' })
  amount!: Minor
}

@ObjectType('RuleTrace', { description: 'A rule that was looked at, and what became of it.', simpleResolvers: true })
export class RuleTraceView {
  @Field(() => RuleKind, { description: 'What kind of rule.' }) kind!: keyof typeof RuleKind
  @Field(() => String, { description: "The rule's code." }) code!: string
  @Field(() => RuleOutcome, { description: 'What became of it.' }) outcome!: keyof typeof RuleOutcome
  @Field(() => Money, {
    nullable: true,
    description: 'The unit price that it gives; null for order offers and for rules that were not reached.',
  })
  price!: Minor | null
}

@ObjectType('QuoteLine', { description: 'A priced line.', simpleResolvers: true })
export class QuoteLineView {
  @Field(() => String, { description: "The caller's own name of the line, else its index." }) id!: string
  @Field(() => String, { description: 'Which product.' }) sku!: string
  @Field(() => Int, { description: 'How many.' }) quantity!: number
  @Field(() => Money, { description: 'The unit price before any rule.' }) listPrice!: Minor
  @Field(() => Money, { description: 'After ladders and product offers.' }) unitPrice!: Minor
  @Field(() => Money, { description: 'After the order-level shares.' }) total!: Minor
  @Field(() => [AppliedRuleView], { description: 'Ladders, product offers, the private link: amounts for the whole line.' })
  rules!: readonly AppliedRuleView[]
  @Field(() => [AppliedRuleView], { description: 'What order offers took from this line.' }) orderShares!: readonly AppliedRuleView[]
  @Field(() => [RuleTraceView], { nullable: true, description: 'Null unless asked for with explain.' }) trace!:
    | readonly RuleTraceView[]
    | null
}

@ObjectType('Gift', { description: 'A line of price 0.', simpleResolvers: true })
export class QuoteGiftView {
  @Field(() => String, { description: 'Which product.' }) sku!: string
  @Field(() => Int, { description: 'How many units.' }) quantity!: number
  @Field(() => String, { description: 'The offer that gives it.' }) offerCode!: string
}

@ObjectType('Surprise', {
  description: 'What may be won with the order: one prize or none is drawn when it is committed.',
  simpleResolvers: true,
})
export class SurpriseView {
  @Field(() => String, { description: 'The offer that gives it.' }) offerCode!: string
  @Field(() => String, { description: "The offer's name." }) offerName!: string
  @Field(() => [PrizeView], { description: 'All that may be won, by the odds as they hold; show them before the shopper pays.' })
  prizes!: readonly PrizeView[]
}

@ObjectType('RefusedCode', { description: 'A code that applied to nothing.', simpleResolvers: true })
export class RefusedCodeView {
  @Field(() => String, { description: 'As it was typed.' }) code!: string
  @Field(() => RuleOutcome, { description: 'Why.' }) outcome!: keyof typeof RuleOutcome
}

@ObjectType('NextStep', { description: 'What is missing to the next step of a threshold offer.', simpleResolvers: true })
export class NextStepView {
  @Field(() => String, { description: 'Which offer.' }) offerName!: string
  @Field(() => Money, { description: 'What is missing in money; 0 when only units are.' }) missing!: Minor
  @Field(() => Int, { description: 'What is missing in units; 0 when only money is.' }) missingQuantity!: number
  @Field(() => Money, { description: 'What the step would take, had the cart just reached it.' }) amount!: Minor
}

@ObjectType('Quote', { description: 'A priced cart.', simpleResolvers: true })
export class QuoteView {
  @Field(() => [QuoteLineView], { description: "In the cart's order." }) lines!: readonly QuoteLineView[]
  @Field(() => [AppliedRuleView], { description: 'What order-level offers took, one entry an offer.' })
  orderRules!: readonly AppliedRuleView[]
  @Field(() => [QuoteGiftView], { description: 'What comes with it.' }) gifts!: readonly QuoteGiftView[]
  @Field(() => [SurpriseView], { description: 'What may be won with it, one entry an offer. Nothing is drawn before commit.' })
  surprises!: readonly SurpriseView[]
  @Field(() => Boolean, { description: 'Whether an offer frees shipping; never an amount.' }) freeShipping!: boolean
  @Field(() => Money, { description: 'List price x quantity.' }) subtotal!: Minor
  @Field(() => Money, { description: 'Subtotal less total.' }) discountTotal!: Minor
  @Field(() => Money, { description: 'What the lines cost.' }) total!: Minor
  @Field(() => [RefusedCodeView], { description: 'Codes that applied to nothing, and why.' }) refusedCodes!: readonly RefusedCodeView[]
  @Field(() => RuleOutcome, { nullable: true, description: 'Null when there is no link in the cart or it is good.' })
  refusedLink!: keyof typeof RuleOutcome | null
  @Field(() => [NextStepView], { description: 'What is missing to the next steps of threshold offers.' })
  nextSteps!: readonly NextStepView[]
  @Field(() => Int, { description: 'The version of the price book that made these prices.' }) bookVersion!: number
  @Field(() => DateTime, { description: 'The instant that they are for.' }) at!: Date
}

export const toQuoteView = (quote: Quote): QuoteView => ({ ...quote, at: new Date(quote.at) })
