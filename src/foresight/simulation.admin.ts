import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { DateTime } from '../api/shared/scalars.ts'
import { instant } from '../kernel/clock.ts'
import { SimulationView } from './simulation.schema.ts'
import { simulate } from './simulation.service.ts'
import { toSimulationView } from './simulation.view.ts'

@Resolver()
export class SimulationAdmin {
  @Authorized('rules:read')
  @Query(() => SimulationView, {
    description:
      'Prices the counted orders of a window anew, without a rule and with it: its draft against the rules in force, or, if it has none, the published rule against the others. NOT_FOUND when there is neither. Nothing changes. At most 200,000 orders, the newest.',
  })
  async simulate(
    @Arg('code', () => String, { description: 'Of a ladder or an offer.' }) code: string,
    @Arg('from', () => DateTime, { description: 'Orders placed from this instant on.' }) from: Date,
    @Arg('to', () => DateTime, { description: 'And before this one; after from, else BAD_USER_INPUT.' }) to: Date,
    @Ctx() { world }: ApiContext,
  ): Promise<SimulationView> {
    return toSimulationView(unwrap(await simulate(world, code, { from: instant(from), to: instant(to) })))
  }
}
