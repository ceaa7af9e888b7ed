import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { Money, SignedMoney } from '../api/shared/scalars.ts'
import type { Minor } from '../kernel/money.ts'

export enum BuyerKind {
  INDIVIDUAL = 'INDIVIDUAL',
  ENTERPRISE = 'ENTERPRISE',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(BuyerKind, {
  name: 'BuyerKind',
  description: 'Whose an order was.',
  valuesConfig: {
    INDIVIDUAL: { description: 'A person who buys for themselves.' },
    ENTERPRISE: { description: 'Somebody who buys for a company.' },
    UNKNOWN: { description: "A guest's." },
  },
})

export enum BuyerStanding {
  NEW = 'NEW',
  RETURNING = 'RETURNING',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(BuyerStanding, {
  name: 'BuyerStanding',
  description: 'Whether the buyer had bought before.',
  valuesConfig: {
    NEW: { description: 'It was their first counted order.' },
    RETURNING: { description: 'They had a counted order before.' },
    UNKNOWN: { description: "A guest's." },
  },
})

/** What every share of the orders says; never a type of its own. */
@ObjectType({ description: 'A share of the orders looked at.', simpleResolvers: true })
abstract class PartView {
  @Field(() => Int, { description: 'Orders looked at.' }) orders!: number
  @Field(() => Int, { description: 'Those of them that would have come to another total.' }) ordersChanged!: number
  @Field(() => Money, { description: 'What they come to without the rule.' }) totalBefore!: Minor
  @Field(() => Money, { description: 'What they come to with it.' }) totalAfter!: Minor
  @Field(() => SignedMoney, { description: 'totalBefore less totalAfter: negative where shoppers would pay more.' }) givenAway!: number
}

@ObjectType('SimulatedTier', { description: 'The orders of customers who are in a tier now.', simpleResolvers: true })
export class SimulatedTierView extends PartView {
  @Field(() => String, { nullable: true, description: 'Null: in no tier, or a guest.' }) tierCode!: string | null
}

@ObjectType('SimulatedKind', { description: 'The orders of one kind of customer.', simpleResolvers: true })
export class SimulatedKindView extends PartView {
  @Field(() => BuyerKind, { description: 'Which kind.' }) kind!: BuyerKind
}

@ObjectType('SimulatedStanding', { description: 'The orders of newcomers, or of returning customers.', simpleResolvers: true })
export class SimulatedStandingView extends PartView {
  @Field(() => BuyerStanding, { description: 'As it was when the order was placed.' }) standing!: BuyerStanding
}

@ObjectType('SimulatedMargin', { description: 'What remains over costs, of the goods whose cost is known.', simpleResolvers: true })
export class SimulatedMarginView {
  @Field(() => SignedMoney, { description: 'Without the rule; negative: goods went for less than they cost.' }) before!: number
  @Field(() => SignedMoney, { description: 'With it.' }) after!: number
  @Field(() => Float, { description: 'Percent of totalBefore that is of goods of known cost, 0 to 100.' }) knownShare!: number
}

@ObjectType('SimulatedBand', { description: 'The orders that become cheaper by so much.', simpleResolvers: true })
export class SimulatedBandView {
  @Field(() => Float, {
    nullable: true,
    description:
      'The lower end of the band: orders that become cheaper by more than so many percent of what they came to. Null: those that become dearer.',
  })
  above!: number | null
  @Field(() => Float, {
    nullable: true,
    description: 'The upper end, itself included; with above and upTo 0, the orders that stay as they are. Null: no upper end.',
  })
  upTo!: number | null
  @Field(() => Int, { description: 'How many orders.' }) orders!: number
  @Field(() => SignedMoney, { description: 'What they are given together.' }) givenAway!: number
}

@ObjectType('SimulatedPercentile', { description: 'What an order is given, among those that change.', simpleResolvers: true })
export class SimulatedPercentileView {
  @Field(() => Int, { description: 'So many percent of the orders that change are given this or less; 100 is the most.' }) percent!: number
  @Field(() => SignedMoney, { description: 'What an order is given.' }) amount!: number
}

@ObjectType('SimulatedGainer', { description: 'A customer who would have gained.', simpleResolvers: true })
export class SimulatedGainerView {
  @Field(() => ID, { description: 'The customer.' }) customerId!: string
  @Field(() => String, { nullable: true, description: 'By which the shop knows the customer.' }) externalId!: string | null
  @Field(() => String, { nullable: true, description: 'What the customer is called.' }) name!: string | null
  @Field(() => Int, { description: 'Their orders that change.' }) orders!: number
  @Field(() => SignedMoney, { description: 'What they are given in all.' }) givenAway!: number
}

@ObjectType('SimulatedListPrices', { description: 'Where the list prices of the lines are from, in lines.', simpleResolvers: true })
export class SimulatedListPricesView {
  @Field(() => Int, { description: 'From the history: what the list price was then.' }) fromHistory!: number
  @Field(() => Int, { description: 'From the catalogue as it is now: the history begins later.' }) fromCatalogue!: number
  @Field(() => Int, { description: 'What was paid: the catalogue does not know the product.' }) fromPaid!: number
}

@ObjectType('Simulation', { description: 'What a rule would have done to orders of the past.', simpleResolvers: true })
export class SimulationView extends PartView {
  @Field(() => String, { description: 'The ladder or offer.' }) ruleCode!: string
  @Field(() => String, { description: 'What it is called.' }) ruleName!: string
  @Field(() => Boolean, {
    description:
      'True: its draft was tried in place of what is published. False: it has none, and what is published was left out to compare.',
  })
  isDraft!: boolean
  @Field(() => Int, { description: 'Counted orders in the window; of more than 200,000 the newest are looked at.' }) ordersInWindow!: number
  @Field(() => Money, { description: 'What the orders come to at list price.' }) subtotal!: Minor
  @Field(() => SimulatedMarginView, { nullable: true, description: 'Null where no cost is known.' }) margin!: SimulatedMarginView | null
  @Field(() => [SimulatedTierView], { description: 'By tier as it is now, those in none first; tiers without orders are left out.' })
  byTier!: SimulatedTierView[]
  @Field(() => [SimulatedKindView], { description: 'By kind of customer; kinds without orders are left out.' }) byKind!: SimulatedKindView[]
  @Field(() => [SimulatedStandingView], { description: 'Newcomers and returning customers; those without orders are left out.' })
  byStanding!: SimulatedStandingView[]
  @Field(() => [SimulatedBandView], { description: 'How many orders change by how much.' }) bands!: SimulatedBandView[]
  @Field(() => [SimulatedPercentileView], { description: 'Of the orders that change; empty when none does.' })
  percentiles!: SimulatedPercentileView[]
  @Field(() => [SimulatedGainerView], { description: 'Who gains most, at most ten.' }) topCustomers!: SimulatedGainerView[]
  @Field(() => SimulatedListPricesView, { description: 'Where list prices are from.' }) listPrices!: SimulatedListPricesView
  @Field(() => [String], { description: 'What was taken for granted, in sentences for staff.' }) assumptions!: string[]
}
