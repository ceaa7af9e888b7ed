import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { DateTime, Percentage } from '../api/shared/scalars.ts'
import { instant } from '../kernel/clock.ts'
import type { BasisPoints } from '../kernel/money.ts'
import { ScopeInput } from '../pricebook/scope.schema.ts'
import { WhatIfStepInput, WhatIfView } from './threshold.schema.ts'
import { forecastThresholds } from './threshold.service.ts'
import { toWantedThreshold, toWhatIfView } from './threshold.view.ts'

const STRETCH = 2_000
const UPLIFT = 1_000

@Resolver()
export class ThresholdAdmin {
  @Authorized('rules:read')
  @Query(() => WhatIfView, {
    description:
      'What "so much off from so much on" would have done to the counted orders that were placed in a window: how many reach the threshold anyway and take the discount for nothing, how many come near it, and whether what those add who stretch to it pays for all. It is about a discount that you think of: no offer need exist, and nothing changes.',
  })
  async whatIf(
    @Arg('steps', () => [WhatIfStepInput], {
      description:
        '1 to 20 steps, each looked at as if it were the only one. A single step is tried at other thresholds too (`candidates`); it may leave its minSubtotal out.',
    })
    steps: WhatIfStepInput[],
    @Arg('from', () => DateTime, { description: 'Orders placed at this instant or later.' }) from: Date,
    @Arg('to', () => DateTime, { description: 'Orders placed before this instant, which must be later than `from`, else BAD_USER_INPUT.' })
    to: Date,
    @Arg('scope', () => ScopeInput, { nullable: true, description: 'Only these goods count towards the threshold; absent: all.' })
    scope: ScopeInput | null,
    @Arg('query', () => String, {
      nullable: true,
      description: 'Only the orders of the customers whom this customer query holds. Absent or blank: all orders, those of guests too.',
    })
    query: string | null,
    @Arg('stretchPercent', () => Percentage, {
      nullable: true,
      defaultValue: STRETCH,
      description: 'How far below a threshold an order may be for its buyer to stretch to it, in percent of the threshold.',
    })
    stretchPercent: BasisPoints | null,
    @Arg('upliftShare', () => Percentage, {
      nullable: true,
      defaultValue: UPLIFT,
      description:
        'How many percent of the orders that near do stretch, exactly to the threshold. Nobody knows it beforehand: see breakEvenShare.',
    })
    upliftShare: BasisPoints | null,
    @Arg('marginPercent', () => Percentage, {
      nullable: true,
      description:
        'What the shop earns on what they add, in percent of its price and before the discount; absent: worked out from the products whose cost is known.',
    })
    marginPercent: BasisPoints | null,
    @Ctx() { world }: ApiContext,
  ): Promise<WhatIfView> {
    const forecasts = await forecastThresholds(world, {
      steps: steps.map(toWantedThreshold),
      window: { from: instant(from), to: instant(to) },
      scope: scope ?? null,
      query: query ?? null,
      stretchBp: stretchPercent ?? STRETCH,
      upliftBp: upliftShare ?? UPLIFT,
      marginBp: marginPercent ?? null,
    })
    return toWhatIfView(unwrap(forecasts))
  }
}
