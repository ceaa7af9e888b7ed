import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { deleteTier } from '../tiers/tier.service.ts'
import { ruleNamingTier } from './rule.service.ts'

/** Here and not with the other fields of tiers: only from here on the street is it known which rules name one. */
@Resolver()
export class TierRemovalAdmin {
  @Authorized('tiers:write')
  @Mutation(() => Boolean, {
    description: 'Takes a tier out of the programme. IN_USE while anybody is in it, or a draft or published rule names it.',
  })
  async deleteTier(
    @Arg('code', () => String, { description: 'As written in the programme.' }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<boolean> {
    return unwrap(await deleteTier(world, code, ruleNamingTier))
  }
}
