import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { CODES, PublishResultView } from './publishing.schema.ts'
import { deleteDraft, retire } from './rule.service.ts'

// publish is at foresight/publishing.admin.ts: what it warns of needs products, tiers and prices.

@Resolver()
export class PublishingAdmin {
  @Authorized('rules:publish')
  @Mutation(() => PublishResultView, {
    description: 'Takes published rules out of force, all or none; drafts of them stay. One that is not published is CONFLICT.',
  })
  async retire(
    @Arg('codes', () => [String], { description: CODES }) codes: string[],
    @Ctx() { world }: ApiContext,
  ): Promise<PublishResultView> {
    const { bookVersion } = unwrap(await retire(world, codes))
    return { bookVersion, warnings: [] }
  }

  @Authorized('rules:write')
  @Mutation(() => Boolean, { description: 'Throws a draft away; what is published stays, and a rule that never was is gone with it.' })
  async deleteDraft(
    @Arg('code', () => String, { description: 'Of a ladder or an offer.' }) code: string,
    @Ctx() { world }: ApiContext,
  ): Promise<boolean> {
    return unwrap(await deleteDraft(world, code))
  }
}
