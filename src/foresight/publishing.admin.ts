import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { ApiContext } from '../api/shared/context.ts'
import { unwrap } from '../api/shared/errors.ts'
import { DateTime } from '../api/shared/scalars.ts'
import { instant } from '../kernel/clock.ts'
import { SchedulePublicationResultView, toPublicationView } from '../pricebook/publication.schema.ts'
import { CODES, PublishResultView, PublishWarningView } from '../pricebook/publishing.schema.ts'
import { lookAtDrafts, publishAndLook, scheduleAndLook } from './publishing.service.ts'

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

  @Authorized('rules:publish')
  @Mutation(() => SchedulePublicationResultView, {
    description:
      'Sets drafts to go into force at an instant, with the terms that they have now: all of them or none. Until then they wait and cannot be edited; a new draft may be begun beside them and published sooner or later. cancelPublication makes them drafts again. A code without a draft is CONFLICT, one that nobody has NOT_FOUND. If one of them cannot go into force when the instant comes (it was retired meanwhile, or a tier that it names is gone), none does: the publication is FAILED, and they are drafts again.',
  })
  async schedulePublication(
    @Arg('codes', () => [String], { description: CODES }) codes: string[],
    @Arg('at', () => DateTime, {
      description:
        'When they are to be in force from: at least a second ahead by the clock of the database, else BAD_USER_INPUT. At most 200 publications wait at once (TOO_MANY_ITEMS).',
    })
    at: Date,
    @Ctx() { world }: ApiContext,
  ): Promise<SchedulePublicationResultView> {
    const { publication, warnings } = unwrap(await scheduleAndLook(world, codes, instant(at)))
    return { ...toPublicationView(publication), warnings }
  }

  @Authorized('rules:read')
  @Query(() => [PublishWarningView], {
    description:
      'The warnings that publish would answer with, before it is done; nothing changes, and none of them keeps a rule from being published. A code without a draft is CONFLICT, one that nobody has NOT_FOUND. Of each rule the best-selling products in its scope are looked at, at most 200 (fewer with more than ten rules at once); with more than 25, only the first 25 rules.',
  })
  async publishWarnings(
    @Arg('codes', () => [String], { description: CODES }) codes: string[],
    @Ctx() { world }: ApiContext,
  ): Promise<PublishWarningView[]> {
    return [...unwrap(await lookAtDrafts(world, codes))]
  }
}
