import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { DateTime } from '../api/shared/scalars.ts'
import { instant } from '../kernel/clock.ts'
import { DiagnosisView, toDiagnosisView } from './diagnosis.schema.ts'
import { diagnosis } from './diagnosis.service.ts'

@Resolver()
export class DiagnosisAdmin {
  @Authorized('insights:read')
  @Query(() => DiagnosisView, { description: "The shop's health beside its own past, what it lives on, and the first thing to do." })
  async diagnosis(
    @Arg('at', () => DateTime, { nullable: true, description: 'As of when; absent: now. By the orders placed before it.' }) at: Date | null,
    @Ctx() { world }: ApiContext,
  ): Promise<DiagnosisView> {
    return toDiagnosisView(unwrap(await diagnosis(world, at ? instant(at) : world.now)))
  }
}
