import { Field, Float, ObjectType, registerEnumType } from 'type-graphql'
import type { Diagnosis, Finding } from './diagnosis.rules.ts'

export enum ShopStage {
  TOO_EARLY = 'TOO_EARLY',
  ACQUISITION = 'ACQUISITION',
  HYBRID = 'HYBRID',
  LOYALTY = 'LOYALTY',
}
registerEnumType(ShopStage, {
  name: 'ShopStage',
  description:
    'What a shop lives on, by the share of new customers who come back within 90 days (the three modes of Kevin Hillstrom, as told in Croll and Yoskovitz, Lean Analytics, 2013).',
  valuesConfig: {
    TOO_EARLY: { description: 'Fewer than 100 customers a year, or nobody whose first order is 90 days back.' },
    ACQUISITION: { description: 'Below 15 %: on winning customers.' },
    HYBRID: { description: '15 to 30 %: on both.' },
    LOYALTY: { description: 'Above 30 %: on those who come back.' },
  },
})

export enum Trend {
  BETTER = 'BETTER',
  WORSE = 'WORSE',
  SAME = 'SAME',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(Trend, {
  name: 'Trend',
  description: 'Against the shop a year before.',
  valuesConfig: {
    BETTER: { description: 'It moved the right way: a share by two points or more, a count by a twentieth.' },
    WORSE: { description: 'It moved the wrong way, by as much.' },
    SAME: { description: 'It hardly moved.' },
    UNKNOWN: { description: 'There is nothing to compare with, or no right way.' },
  },
})

@ObjectType('DiagnosisFinding', { description: "One of the shop's signs of health.", simpleResolvers: true })
export class FindingView {
  @Field(() => String, {
    description:
      'yearlyCustomers: with an order in the 365 days before. returningShare: of them, who had bought before. top20Share: of their revenue, what the best fifth brought. secondOrderRate: of customers whose first order is 90 to 455 days back, who came back within 90 days. dormantShare: of all who ever bought, who has not for 365 days. categoryBreadth: root categories of a typical customer of the year (the median of 20,000 of them at most). reachableShare: of all who ever bought, who has agreed to be written to.',
  })
  name!: string
  @Field(() => Float, { nullable: true, description: 'Shares are 0 to 1. Null: nobody is there to ask it of.' }) value!: number | null
  @Field(() => Float, { nullable: true, description: 'The same 365 days before; null: the shop had no customers then.' }) before!:
    | number
    | null
  @Field(() => Trend, { description: 'Which way it went.' }) trend!: Finding['trend']
  @Field(() => String, { description: 'A sentence in English.' }) sentence!: string
  @Field(() => String, { description: 'The same in Chinese.' }) sentenceZh!: string
}

@ObjectType('Diagnosis', { description: "The shop's health, and the first thing to do.", simpleResolvers: true })
export class DiagnosisView {
  @Field(() => ShopStage, { description: 'What the shop lives on.' }) stage!: Diagnosis['stage']
  @Field(() => String, { description: 'What that means, in English.' }) meaning!: string
  @Field(() => String, { description: 'The same in Chinese.' }) meaningZh!: string
  @Field(() => String, { description: 'The first thing to do, in English.' }) firstThing!: string
  @Field(() => String, { description: 'The same in Chinese.' }) firstThingZh!: string
  @Field(() => [FindingView], { description: 'The signs, always the same seven in the same order.' }) findings!: FindingView[]
}

export const toDiagnosisView = ({ stage, meaning, firstThing, findings }: Diagnosis): DiagnosisView => ({
  stage,
  meaning: meaning.en,
  meaningZh: meaning.zh,
  firstThing: firstThing.en,
  firstThingZh: firstThing.zh,
  findings: findings.map(({ sentence, ...rest }) => ({ ...rest, sentence: sentence.en, sentenceZh: sentence.zh })),
})
