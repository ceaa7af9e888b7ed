import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { CustomerStatisticsView, PurchaseHabitsView } from './statistics.schema.ts'
import { habitsOf } from './statistics.service.ts'

const HABITS = { CUSTOMER: Symbol('habits of customers'), COMPANY: Symbol('habits of companies') } as const

@Resolver(() => CustomerStatisticsView)
export class HabitsAdmin {
  @FieldResolver(() => PurchaseHabitsView, {
    description: 'When, how much and what they buy: read from the lines of their orders each time it is asked.',
  })
  habits(@Root() { whose: { kind, id } }: CustomerStatisticsView, @Ctx() context: ApiContext): Promise<PurchaseHabitsView> {
    return loaderOf(context, HABITS[kind], (ids: readonly string[], world) => habitsOf(world, kind, ids)).load(id)
  }
}
