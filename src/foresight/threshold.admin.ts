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
      'What a threshold discount would have done to the counted orders of a window, against how they really lie. Nothing changes.',
  })
  async whatIf(
    @Arg('steps', () => [WhatIfStepInput], {
      description: '1 to 20, each looked at by itself. A single one is tried at other thresholds too.',
    })
    steps: WhatIfStepInput[],
    @Arg('from', () => DateTime, { description: 'Orders placed from this instant on.' }) from: Date,
    @Arg('to', () => DateTime, { description: 'And before this one; after from, else BAD_USER_INPUT.' }) to: Date,
    @Arg('scope', () => ScopeInput, { nullable: true, description: 'Only these goods count towards the threshold; absent: all.' })
    scope: ScopeInput | null,
    @Arg('query', () => String, {
      nullable: true,
      description: 'A customer query: only their orders. Absent or blank: everybody, guests too.',
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
      description: 'How many of those do stretch, exactly to the threshold.',
    })
    upliftShare: BasisPoints | null,
    @Arg('marginPercent', () => Percentage, {
      nullable: true,
      description: 'What is earned on what they add; absent: what known costs say.',
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
