import { Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime, Money } from '../api/shared/scalars.ts'
import type { BuyerKind } from '../orders/habits.model.ts'
import { BuyerKindName } from '../orders/statistics.schema.ts'
import type { RfmMap } from './rfm-map.model.ts'
import type { AbcClass, Figures, Lifecycle, Rhythm, Scale, Score, SpendTier } from './score.model.ts'

export enum LifecycleName {
  PROSPECT = 'PROSPECT',
  NEW = 'NEW',
  ACTIVE = 'ACTIVE',
  AT_RISK = 'AT_RISK',
  DORMANT = 'DORMANT',
  CHURNED = 'CHURNED',
}
registerEnumType(LifecycleName, {
  name: 'Lifecycle',
  description: 'Where a customer stands by the days since their last order and the rhythm (m, q) that is theirs.',
  valuesConfig: {
    PROSPECT: { description: 'No order that counts.' },
    NEW: { description: 'One order, at most m days ago.' },
    ACTIVE: { description: 'Two orders or more, the last at most q days ago.' },
    AT_RISK: { description: 'One order, more than m and at most 2q days ago; or more, the last more than q and at most 2q days ago.' },
    DORMANT: { description: 'The last order more than 2q and at most 4q days ago.' },
    CHURNED: { description: 'The last order more than 4q days ago.' },
  },
})

export enum RhythmSource {
  SETTING = 'SETTING',
  OWN = 'OWN',
  CATEGORY = 'CATEGORY',
  SHOP = 'SHOP',
  DEFAULT = 'DEFAULT',
}
registerEnumType(RhythmSource, {
  name: 'RhythmSource',
  description: 'Whose days between orders a rhythm is.',
  valuesConfig: {
    SETTING: { description: "The shop's setting, which holds for everybody." },
    OWN: { description: "The customer's own, of at least 4 intervals." },
    CATEGORY: {
      description: "Everybody's within the top-level category that most of the customer's lines come from; at least 50 intervals.",
    },
    SHOP: { description: "All of the shop's, at least 50 intervals." },
    DEFAULT: { description: 'A month and a quarter: m 30, q 90.' },
  },
})

export enum AbcClassName {
  A = 'A',
  B = 'B',
  C = 'C',
}
registerEnumType(AbcClassName, {
  name: 'AbcClass',
  description: 'By revenue, from the customer who spent the most down; equal amounts are of one class.',
  valuesConfig: {
    A: { description: 'Those who spent more bring less than 80 % of the revenue.' },
    B: { description: 'Those who spent more bring at least 80 and less than 95 %.' },
    C: { description: 'Those who spent more bring at least 95 %.' },
  },
})

export enum SpendTierName {
  HIGH = 'HIGH',
  MEDIUM = 'MEDIUM',
  LOW = 'LOW',
}
registerEnumType(SpendTierName, {
  name: 'PredictedSpendTier',
  description: 'What is to be expected of a customer, by their monetary score and life cycle.',
  valuesConfig: {
    HIGH: { description: 'Monetary score 5, new or active.' },
    MEDIUM: { description: 'Monetary score 3 or 4, new or active; or 5 and at risk.' },
    LOW: { description: 'Everybody else.' },
  },
})

export enum RfmMapKind {
  GRID = 'GRID',
  EIGHT_CLASSES = 'EIGHT_CLASSES',
}
registerEnumType(RfmMapKind, {
  name: 'RfmMapKind',
  description: 'How scores become a group.',
  valuesConfig: {
    GRID: { description: 'By R and by FM, the mean of F and M rounded half up.' },
    EIGHT_CLASSES: { description: "By whether each of R, F and M is above the shop's mean score." },
  },
})

@ObjectType('Rhythm', { description: 'How often a customer is to be expected.', simpleResolvers: true })
export class RhythmView {
  @Field(() => RhythmSource, { description: 'Whose.' }) source!: Rhythm['source']
  @Field(() => Float, { description: 'm, the median of the days between orders; at least 1.' }) medianDays!: number
  @Field(() => Float, { description: 'q, their 90th percentile; at least 1.5 m.' }) p90Days!: number
}

@ObjectType('CustomerScores', {
  description:
    "A customer beside the shop's others, as of the last evaluation; at once, by that evaluation's measures, for whoever's orders change.",
  simpleResolvers: true,
})
export class CustomerScoresView {
  @Field(() => Int, { nullable: true, description: '1 to 5, 5 the latest last orders. Null, like all that is, before the first order.' })
  recency!: number | null
  @Field(() => Int, { nullable: true, description: '1 to 5, 5 the most orders.' }) frequency!: number | null
  @Field(() => Int, { nullable: true, description: '1 to 5, 5 the most spent.' }) monetary!: number | null
  @Field(() => String, { nullable: true, description: "A group of the shop's map (rfmMap); PROSPECTS without an order." })
  rfmGroup!: string | null
  @Field(() => LifecycleName, { nullable: true, description: 'Null only for buyers of a shop that was never evaluated.' })
  lifecycle!: Lifecycle | null
  @Field(() => RhythmView, { nullable: true, description: 'Which rhythm the life cycle goes by.' }) rhythm!: Rhythm | null
  @Field(() => AbcClassName, { nullable: true, description: 'By revenue.' }) abcClass!: AbcClass | null
  @Field(() => Int, {
    nullable: true,
    description:
      '0 to 100: 100 whoever spent the most; else of 100 the share of those below the most who spent strictly less, rounded down, at most 99.',
  })
  spendPercentile!: number | null
  @Field(() => SpendTierName, { nullable: true, description: 'What is to be expected of them.' }) predictedSpendTier!: SpendTier | null
  @Field(() => Float, {
    nullable: true,
    description:
      'Orders that are to be expected of them within 365 days of the evaluation, on average (MBG/NBD model); null in a shop of whose customers too few came back.',
  })
  predictedOrders!: number | null
  @Field(() => Money, {
    nullable: true,
    description: 'What these orders come to: by their own average and the others (Gamma-Gamma model), minor units.',
  })
  predictedAmount!: number | null
  @Field(() => Float, {
    nullable: true,
    description: '0 to 1: how likely it is that they have not left for good (MBG/NBD model).',
  })
  probabilityAlive!: number | null
  @Field(() => DateTime, { nullable: true, description: 'The last order and the median of their rhythm.' })
  expectedNextOrderAt!: Date | null
  @Field(() => String, {
    nullable: true,
    description: 'The top-level category that most of their lines come from; of equals the first by bytes.',
  })
  mainCategory!: string | null
  @Field(() => BuyerKindName, {
    nullable: true,
    description: 'As the query language knows it: with products as the last evaluation saw them.',
  })
  buyerKind!: BuyerKind | null
}

export const toScoresView = (score: Score | null, hasOrders: boolean): CustomerScoresView => ({
  recency: score?.recency ?? null,
  frequency: score?.frequency ?? null,
  monetary: score?.monetary ?? null,
  rfmGroup: score?.rfmGroup ?? (hasOrders ? null : 'PROSPECTS'),
  lifecycle: score?.lifecycle ?? (hasOrders ? null : 'PROSPECT'),
  rhythm: score?.rhythm ?? null,
  abcClass: score?.abcClass ?? null,
  spendPercentile: score?.spendPercentile ?? null,
  predictedSpendTier: score?.predictedSpendTier ?? null,
  predictedOrders: score?.forecast?.orders ?? null,
  predictedAmount: score?.forecast?.amount ?? null,
  probabilityAlive: score?.forecast?.alive ?? null,
  expectedNextOrderAt: score === null ? null : new Date(score.expectedOrderAt),
  mainCategory: score?.mainCategory ?? null,
  buyerKind: score?.buyerKind ?? null,
})

@ObjectType('ScoreEvaluation', { description: 'What an evaluation of everybody measured.', simpleResolvers: true })
export class ScoreEvaluationView {
  @Field(() => DateTime, { description: 'When.' }) evaluatedAt!: Date
  @Field(() => Int, { description: 'Customers with an order that counts.' }) customers!: number
  @Field(() => RhythmView, { description: 'The rhythm of whoever has none of their own and none of a category.' }) rhythm!: Rhythm
  @Field(() => [CategoryRhythmView], { description: 'The rhythms of categories with at least 50 intervals, by the bytes of their names.' })
  categories!: CategoryRhythmView[]
  @Field(() => DateTime, {
    nullable: true,
    description: 'When what is predicted of customers was last fitted to what they did; null: of those looked at fewer than 100 came back.',
  })
  predictionsFittedAt!: Date | null
  @Field(() => Int, { description: 'Which version of the map was used; 0 is the one that every shop begins with.' }) rfmMapVersion!: number
}

@ObjectType('CategoryRhythm', { description: 'How often the buyers of a category come back for it.', simpleResolvers: true })
export class CategoryRhythmView {
  @Field(() => String, { description: 'A top-level category.' }) category!: string
  @Field(() => Float, { description: 'The median of the days between orders with it.' }) medianDays!: number
  @Field(() => Float, { description: 'The 90th percentile of those days.' }) p90Days!: number
}

export const toEvaluationView = (scale: Scale): ScoreEvaluationView => ({
  evaluatedAt: new Date(scale.evaluatedAt),
  customers: scale.customers,
  rhythm: scale.rhythm,
  categories: Object.entries(scale.categories)
    .map(([category, figures]) => ({ category, ...figures }))
    .sort((a, b) => (a.category < b.category ? -1 : 1)),
  predictionsFittedAt: scale.forecast === null ? null : new Date(scale.forecast.fittedAt),
  rfmMapVersion: scale.map.version,
})

@ObjectType('RhythmSetting', { description: "The shop's own m and q.", simpleResolvers: true })
export class RhythmSettingView implements Figures {
  @Field(() => Float, { description: 'm, in days.' }) medianDays!: number
  @Field(() => Float, { description: 'q, in days.' }) p90Days!: number
}

@ObjectType('RfmMap', { description: 'From RFM scores to groups; versions are kept.', simpleResolvers: true })
export class RfmMapView {
  @Field(() => Int, { description: '0: the one that every shop begins with.' }) version!: number
  @Field(() => String, { description: 'What the shop calls it.' }) name!: string
  @Field(() => RfmMapKind, { description: 'How scores become a group.' }) kind!: RfmMap['kind']
  @Field(() => [[String]], {
    description:
      'GRID: five rows, R 5 to R 1, of five groups each, FM 1 to FM 5. EIGHT_CLASSES: one row of eight, R, F and M in that order above the mean or not, above first.',
  })
  rows!: string[][]
  @Field(() => DateTime, { nullable: true, description: 'Null: it was always there.' }) savedAt!: Date | null
}

export const toMapView = ({ cells, savedAt, ...map }: RfmMap): RfmMapView => ({
  ...map,
  rows: map.kind === 'GRID' ? [0, 5, 10, 15, 20].map((from) => cells.slice(from, from + 5)) : [[...cells]],
  savedAt: savedAt === null ? null : new Date(savedAt),
})

@InputType('RfmMapInput', { description: 'A map from RFM scores to groups.' })
export class RfmMapInput {
  @Field(() => String, { description: '1 to 100 characters.' }) name!: string
  @Field(() => RfmMapKind, { description: 'How scores become a group.' }) kind!: RfmMapKind
  @Field(() => [[String]], {
    nullable: true,
    description:
      'Of a GRID: five rows, R 5 to R 1, of five groups each, FM 1 to FM 5. Groups: CHAMPIONS, LOYAL, ACTIVE, NEW, PROMISING, NEEDS_ATTENTION, AT_RISK, ALMOST_LOST, PREVIOUSLY_LOYAL, DORMANT.',
  })
  rows?: string[][] | null
}

@ObjectType('Scoring', { description: 'How customers are scored beside each other.', simpleResolvers: true })
export class ScoringView {
  @Field(() => RfmMapView, { description: 'The map from RFM scores to groups, its newest version.' }) rfmMap!: RfmMapView
  @Field(() => RhythmSettingView, { nullable: true, description: "The shop's own m and q; null: rhythms are measured." })
  rhythmSetting!: Figures | null
  @Field(() => ScoreEvaluationView, { nullable: true, description: 'What the last evaluation measured; null while there was none.' })
  lastEvaluation!: ScoreEvaluationView | null
}
