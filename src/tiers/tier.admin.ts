import { Arg, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { AdminShop } from '../shops/shop.schema.ts'
import { AdminTier, TierInput } from './tier.schema.ts'
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
  @Mutation(() => AdminTier, { description: 'Creates the tier of this code, or replaces it whole.' })
  async saveTier(
    @Arg('input', () => TierInput, { description: 'The tier as it is to be.' }) input: TierInput,
    @Ctx() { world }: ApiContext,
  ): Promise<AdminTier> {
    return unwrap(
      await saveTier(world, {
        ...input,
        qualification: notBlank(input.qualification),
        retention: notBlank(input.retention),
        graceDays: input.graceDays ?? 0,
      }),
    )
  }
}

/** A blank query is none. What is given otherwise stays as it is written, so that its faults are told where they are. */
const notBlank = (query: string | null | undefined): string | null => (query?.trim() ? query : null)
