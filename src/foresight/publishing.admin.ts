import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { CODES, PublishResultView, PublishWarningView } from '../pricebook/publishing.schema.ts'
import { lookAtDrafts, publishAndLook } from './publishing.service.ts'

/** Here and not with `retire`: what publishing warns of needs products, tiers and prices, which only from here on the street are known. */
@Resolver()
export class ForesightPublishingAdmin {
  @Authorized('rules:publish')
  @Mutation(() => PublishResultView, {
    description: 'Publishes drafts by code, ladders and offers alike, all in one step: all or none. One without a draft is CONFLICT.',
  })
  async publish(
    @Arg('codes', () => [String], { description: CODES }) codes: string[],
    @Ctx() { world }: ApiContext,
  ): Promise<PublishResultView> {
    return unwrap(await publishAndLook(world, codes))
  }

  @Authorized('rules:read')
  @Query(() => [PublishWarningView], {
    description:
      'What publishing these drafts would warn of; nothing changes. One without a draft is CONFLICT. Of each rule the best-selling products are looked at, at most 200.',
  })
  async publishWarnings(
    @Arg('codes', () => [String], { description: CODES }) codes: string[],
    @Ctx() { world }: ApiContext,
  ): Promise<PublishWarningView[]> {
    return [...unwrap(await lookAtDrafts(world, codes))]
  }
}
