import { Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { Money, Percentage, SignedMoney } from '../api/shared/scalars.ts'
import type { BasisPoints, Minor } from '../kernel/money.ts'

export enum ThresholdOutcome {
  WITHOUT_EFFECT = 'WITHOUT_EFFECT',
  LOSES = 'LOSES',
  PAYS = 'PAYS',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(ThresholdOutcome, {
  name: 'ThresholdOutcome',
  description: 'What a threshold offer would come to.',
  valuesConfig: {
    WITHOUT_EFFECT: { description: 'Hardly an order reaches it or comes near.' },
    LOSES: { description: 'It gives away more than it brings.' },
    PAYS: { description: 'It brings more than it gives away.' },
    UNKNOWN: { description: 'Nobody knows what added goods earn: give marginPercent.' },
  },
})

export enum MarginSource {
  KNOWN_COSTS = 'KNOWN_COSTS',
  GIVEN = 'GIVEN',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(MarginSource, {
  name: 'MarginSource',
  description: 'Where the margin on added goods is from.',
  valuesConfig: {
    KNOWN_COSTS: { description: 'What goods of known cost earned in the orders looked at.' },
    GIVEN: { description: 'The marginPercent that was given.' },
    UNKNOWN: { description: 'From nowhere: no cost is known and none was given.' },
  },
})

@InputType('WhatIfStepInput', { description: 'A step of a threshold offer that is thought of. Exactly one of percentOff and amountOff.' })
export class WhatIfStepInput {
  @Field(() => Money, {
    nullable: true,
    description: 'What an order must come to. A single step may leave it out: then `thresholds` is empty, and `candidates` proposes some.',
  })
  minSubtotal?: Minor | null
  @Field(() => Percentage, { nullable: true, description: 'Of the whole order.' }) percentOff?: BasisPoints | null
  @Field(() => Money, { nullable: true, description: 'More than 0.' }) amountOff?: Minor | null
  @Field(() => Money, { nullable: true, description: 'The most that it takes of one order.' }) maxAmount?: Minor | null
}

@ObjectType('OrderAmountPercentile', { description: 'How large orders are.', simpleResolvers: true })
export class OrderAmountPercentileView {
  @Field(() => Int, { description: 'So many percent of the orders come to this or less.' }) percent!: number
  @Field(() => Money, { description: 'Interpolated between orders, to the minor unit.' }) amount!: Minor
}

@ObjectType('WhatIfThreshold', { description: 'What one threshold would have done, as if it were the only one.', simpleResolvers: true })
export class WhatIfThresholdView {
  @Field(() => Money, { description: 'What an order must come to.' }) minSubtotal!: Minor
  @Field(() => Percentage, { nullable: true, description: 'Of the whole order.' }) percentOff!: BasisPoints | null
  @Field(() => Money, { nullable: true, description: 'A fixed amount.' }) amountOff!: Minor | null
  @Field(() => Money, { nullable: true, description: 'The most that it takes of one order.' }) maxAmount!: Minor | null
  @Field(() => Int, { description: 'Orders that reach it as they are: they take the discount for what was bought anyway.' })
  ordersAbove!: number
  @Field(() => Float, { description: 'These in percent of all orders, 0 to 100.' }) shareAbove!: number
  @Field(() => Money, { description: 'What they take.' }) givenWithoutEffect!: Minor
  @Field(() => Int, { description: 'Orders below it by no more than stretchPercent: near enough to stretch to it.' }) ordersBelow!: number
  @Field(() => Money, { description: 'What those are short of it together.' }) missing!: Minor
  @Field(() => Float, { description: 'How many of those stretch to it, by upliftShare; an expectation, so it may be a fraction.' })
  stretching!: number
  @Field(() => Money, { description: 'What they add, before the discount.' }) extraRevenue!: Minor
  @Field(() => Money, { nullable: true, description: 'What is earned on that, before the discount; null: not known.' })
  extraMargin!: Minor | null
  @Field(() => Money, { description: 'What those who stretch take.' }) givenToStretched!: Minor
  @Field(() => Money, { description: 'What it takes in all.' }) givenAway!: Minor
  @Field(() => SignedMoney, { nullable: true, description: 'extraMargin less givenAway; null: not known.' }) result!: number | null
  @Field(() => Float, {
    nullable: true,
    description:
      'Percent of the orders just below that must stretch for it to pay; over 100: all of them would not do. Null: however many did, it would not pay, or the margin is not known.',
  })
  breakEvenShare!: number | null
  @Field(() => ThresholdOutcome, { description: 'What it comes to.' }) outcome!: ThresholdOutcome
  @Field(() => String, { description: 'The same in a sentence for staff.' }) verdict!: string
}

@ObjectType('WhatIfProduct', { description: 'A product in the orders looked at.', simpleResolvers: true })
export class WhatIfProductView {
  @Field(() => String, { description: 'Names the product.' }) sku!: string
  @Field(() => String, { nullable: true, description: 'What it is called; null: not in the catalogue.' }) name!: string | null
  @Field(() => Int, { description: 'Orders that hold it.' }) orders!: number
}

@ObjectType('WhatIf', {
  description: 'What threshold offers would have done, against the orders as they really are.',
  simpleResolvers: true,
})
export class WhatIfView {
  @Field(() => Int, { description: 'Orders looked at.' }) orders!: number
  @Field(() => Money, { description: 'What they come to.' }) amount!: Minor
  @Field(() => Money, { nullable: true, description: 'Of an order; it hides how orders lie, so see percentiles. Null: no orders.' })
  averageAmount!: Minor | null
  @Field(() => [OrderAmountPercentileView], { description: 'How the orders lie; empty without any.' })
  percentiles!: OrderAmountPercentileView[]
  @Field(() => [WhatIfThresholdView], { description: 'The steps that were asked for, in their order; empty if none had a minSubtotal.' })
  thresholds!: WhatIfThresholdView[]
  @Field(() => [WhatIfThresholdView], {
    description:
      'Of a single step: the same at other thresholds, from the percentiles 50 to 95 of the orders and half of stretchPercent above them, rounded up to two figures, the smallest first.',
  })
  candidates!: WhatIfThresholdView[]
  @Field(() => Float, { nullable: true, description: 'Percent that is earned on what is added; null: not known.' }) marginPercent!:
    | number
    | null
  @Field(() => MarginSource, { description: 'Where that is from.' }) marginSource!: MarginSource
  @Field(() => Float, { description: 'Percent of what the orders brought that is of goods of known cost, 0 to 100.' })
  knownCostShare!: number
  @Field(() => [WhatIfProductView], { description: 'What most of the orders hold, at most five.' }) products!: WhatIfProductView[]
  @Field(() => [String], { description: 'What was taken for granted, in sentences for staff.' }) assumptions!: string[]
}
