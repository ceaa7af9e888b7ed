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
      'What a ladder or offer would have done to orders of the past: each counted order that was placed in a window is priced twice, without the rule and with it. If the rule has a draft, that is tried in place of what is published (totalBefore is as today); if it has none, what is published is left out to compare (totalBefore is without it). Nothing changes. NOT_FOUND: the code has neither. Of more than 200,000 orders the newest are looked at, which may take half a minute; of one shop one simulation runs at a time, others wait.',
  })
  async simulate(
    @Arg('code', () => String, { description: 'Of a ladder or an offer.' }) code: string,
    @Arg('from', () => DateTime, { description: 'Orders placed at this instant or later.' }) from: Date,
    @Arg('to', () => DateTime, { description: 'Orders placed before this instant, which must be later than `from`, else BAD_USER_INPUT.' })
    to: Date,
    @Ctx() { world }: ApiContext,
  ): Promise<SimulationView> {
    return toSimulationView(unwrap(await simulate(world, code, { from: instant(from), to: instant(to) })))
  }
}
