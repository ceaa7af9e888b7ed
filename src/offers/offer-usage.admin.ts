import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { loaderOf } from '../api/shared/loaders.ts'
import { Money } from '../api/shared/scalars.ts'
import { type Minor, ZERO } from '../kernel/money.ts'
import type { World } from '../shell/world.ts'
import { OfferView } from './offer.schema.ts'
import { usageOfRules } from './usage.service.ts'

const USAGE = Symbol('what offers have given')

@Resolver(() => OfferView)
export class OfferUsageAdmin {
  @FieldResolver(() => Int, { description: 'Orders that use it, reserved and committed, over all its versions.' })
  async usedCount(@Root() { id }: OfferView, @Ctx() context: ApiContext): Promise<number> {
    return (await usage(context, id))?.uses ?? 0
  }

  @FieldResolver(() => Money, {
    description: 'What it took in them, won amounts included; where a surprise is still to be drawn, the most that it may come to.',
  })
  async takenTotal(@Root() { id }: OfferView, @Ctx() context: ApiContext): Promise<Minor> {
    return (await usage(context, id))?.taken ?? ZERO
  }
}

const usage = (context: ApiContext, id: string) =>
  loaderOf(context, USAGE, (ids: readonly string[], world: World) => usageOfRules(world, ids)).load(id)
