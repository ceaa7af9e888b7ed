import { Arg, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { AdminShop } from '../shops/shop.schema.ts'
import { AdminTier, TierInput, toWantedTier } from './tier.schema.ts'
import { readTiers, saveTier } from './tier.service.ts'

@Resolver(() => AdminShop)
export class TierAdmin {
  @FieldResolver(() => [AdminTier], { name: 'tiers', description: 'The programme, the lowest rank first.' })
  async ofShop(@Ctx() { world }: ApiContext): Promise<readonly AdminTier[]> {
    return readTiers(world)
  }

  @Authorized('rules:read')
  @Query(() => [AdminTier], { description: 'The programme, the lowest rank first.' })
  async tiers(@Ctx() { world }: ApiContext): Promise<readonly AdminTier[]> {
    return readTiers(world)
  }

  @Authorized('tiers:write')
  @Mutation(() => AdminTier, {
    description:
      'Creates the tier of this code, or replaces it whole. CONFLICT where it asks for a tag whose rule asks for tiers in turn, in a circle.',
  })
  async saveTier(
    @Arg('input', () => TierInput, { description: 'The tier as it is to be.' }) input: TierInput,
    @Ctx() { world }: ApiContext,
  ): Promise<AdminTier> {
    return unwrap(await saveTier(world, toWantedTier(input)))
  }
}
