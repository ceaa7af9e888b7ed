import { Ctx, FieldResolver, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { StorefrontShop } from '../shops/shop.schema.ts'
import { StorefrontTier } from './tier.schema.ts'
import { readTiers } from './tier.service.ts'

@Resolver(() => StorefrontShop)
export class TierStorefront {
  @FieldResolver(() => [StorefrontTier], { description: 'The programme, the lowest rank first.' })
  async tiers(@Ctx() { world }: ApiContext): Promise<readonly StorefrontTier[]> {
    return readTiers(world)
  }
}
