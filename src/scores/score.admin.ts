import { Arg, Authorized, Ctx, FieldResolver, Float, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { AdminCustomer } from '../customers/customer.schema.ts'
import { CustomerStatisticsView } from '../orders/statistics.schema.ts'
import type { Score } from './score.model.ts'
import {
  CustomerScoresView,
  RfmMapInput,
  RfmMapView,
  RhythmSettingView,
  ScoreEvaluationView,
  ScoringView,
  toEvaluationView,
  toMapView,
  toScoresView,
} from './score.schema.ts'
import { evaluateScores, hasOrders, saveRfmMap, saveRhythm, scoresOf, scoringOf } from './score.service.ts'

const SCORES = Symbol('scores of customers')
const BUYERS = Symbol('whether customers have orders')
const scoreOf = (context: ApiContext, id: string): Promise<Score | null> =>
  loaderOf(context, SCORES, (ids: readonly string[], world) => scoresOf(world, ids)).load(id)

@Resolver()
export class ScoreAdmin {
  @Authorized('customers:read')
  @Query(() => ScoringView, {
    description: 'How customers are scored: the map to groups, the rhythm, and what the last evaluation measured.',
  })
  async scoring(@Ctx() { world }: ApiContext): Promise<ScoringView> {
    const { map, rhythm, scale } = await scoringOf(world)
    return { rfmMap: toMapView(map), rhythmSetting: rhythm, lastEvaluation: scale && toEvaluationView(scale) }
  }

  @Authorized('tiers:write')
  @Mutation(() => ScoreEvaluationView, {
    description: 'Scores every customer anew beside the others, now: RFM, life cycle, class of revenue. Notes how large the groups are.',
  })
  async evaluateScores(@Ctx() { world }: ApiContext): Promise<ScoreEvaluationView> {
    return toEvaluationView(unwrap(await evaluateScores(world)))
  }

  @Authorized('tiers:write')
  @Mutation(() => RfmMapView, {
    description: 'Saves the next version of the map from RFM scores to groups, and evaluates everybody by it.',
  })
  async saveRfmMap(
    @Arg('input', () => RfmMapInput, { description: 'The map as it is to be.' }) { name, kind, rows }: RfmMapInput,
    @Ctx() { world }: ApiContext,
  ): Promise<RfmMapView> {
    return toMapView(
      unwrap(await saveRfmMap(world, kind === 'GRID' ? { name, kind: 'GRID', rows: rows ?? [] } : { name, kind: 'EIGHT_CLASSES' })),
    )
  }

  @Authorized('tiers:write')
  @Mutation(() => RhythmSettingView, {
    nullable: true,
    description: "Sets the shop's own m and q, which hold for everybody, and evaluates by them.",
  })
  async saveRhythm(
    @Arg('medianDays', () => Float, { description: 'm: 1 to 3,650 days.' }) medianDays: number,
    @Arg('p90Days', () => Float, { description: 'q: from one and a half times m to 36,500 days.' }) p90Days: number,
    @Ctx() { world }: ApiContext,
  ): Promise<RhythmSettingView | null> {
    return unwrap(await saveRhythm(world, { medianDays, p90Days }))
  }

  @Authorized('tiers:write')
  @Mutation(() => Boolean, { description: "Lets rhythms be measured again: each customer's own, else the category's, else the shop's." })
  async clearRhythm(@Ctx() { world }: ApiContext): Promise<boolean> {
    unwrap(await saveRhythm(world, null))
    return true
  }
}

@Resolver(() => AdminCustomer)
export class CustomerScoresAdmin {
  @FieldResolver(() => CustomerScoresView, { description: "How they stand beside the shop's other customers, as of the last evaluation." })
  async scores(@Root() { id }: AdminCustomer, @Ctx() context: ApiContext): Promise<CustomerScoresView> {
    const score = await scoreOf(context, id)
    const isBuyer = score !== null || (await loaderOf(context, BUYERS, (ids: readonly string[], world) => hasOrders(world, ids)).load(id))
    return toScoresView(score, isBuyer)
  }
}

@Resolver(() => CustomerStatisticsView)
export class StatisticsScoresAdmin {
  @FieldResolver(() => Int, { nullable: true, description: 'Quintile 1 to 5, 5 the best; null before the first order, and of a company.' })
  recencyScore(@Root() of: CustomerStatisticsView, @Ctx() context: ApiContext): Promise<number | null> {
    return scoreIn(of, context, 'recency')
  }

  @FieldResolver(() => Int, { nullable: true, description: 'Quintile 1 to 5, 5 the best; null before the first order, and of a company.' })
  frequencyScore(@Root() of: CustomerStatisticsView, @Ctx() context: ApiContext): Promise<number | null> {
    return scoreIn(of, context, 'frequency')
  }

  @FieldResolver(() => Int, { nullable: true, description: 'Quintile 1 to 5, 5 the best; null before the first order, and of a company.' })
  monetaryScore(@Root() of: CustomerStatisticsView, @Ctx() context: ApiContext): Promise<number | null> {
    return scoreIn(of, context, 'monetary')
  }
}

const scoreIn = async (
  { whose }: CustomerStatisticsView,
  context: ApiContext,
  which: 'recency' | 'frequency' | 'monetary',
): Promise<number | null> => (whose.kind === 'COMPANY' ? null : ((await scoreOf(context, whose.id))?.[which] ?? null))
